"""`pmtui list` shows what is in a folder, and what is still to be done."""

NIGHT = """title = "Checkout\\tis down"
severity = "SEV-1"
timezone = "Asia/Tokyo"
[times]
started = 2024-05-22T23:30:00Z
[[tasks]]
id = "a"
text = "Patch the server"
state = "done"
[[tasks]]
id = "b"
text = "Alert on disk usage"
owner = "ana"
due = 2020-06-12
priority = "P1"
ticket = "OPS-12"
[[tasks]]
id = "c"
text = "Write it down"
"""
DAY = 'title = "Mail"\nstatus = "reviewed"\n[times]\nstarted = 2024-06-01T10:00:00\n'


def test_postmortems_are_listed_newest_first_with_the_day_of_their_zone(shell) -> None:
    shell.file("night.toml", NIGHT)
    shell.file("day.toml", DAY)
    shell.file("pyproject.toml", "[tool.other]\nx = 1\n")
    ended = shell.run("list")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines() == [
        "2024-06-01         reviewed       day.toml    Mail",
        "2024-05-23  SEV-1  draft     1/3  night.toml  Checkout is down",
    ]


def test_open_tasks_of_several_folders_are_listed_by_their_due_day(shell) -> None:
    shell.file("a/night.toml", NIGHT)
    shell.file("b/day.toml", f'{DAY}[[tasks]]\nid = "t"\ntext = "Later"\ndue = 2999-01-01\n')
    ended = shell.run("list", "--tasks", "a", "b")
    assert ended.out.splitlines() == [
        "due 2020-06-12  overdue  P1  @ana  a/night.toml  Alert on disk usage OPS-12",
        "due 2999-01-01                     b/day.toml    Later",
        "                                   a/night.toml  Write it down",
    ]


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_listed(shell) -> None:
    shell.file("bad.toml", 'title = "x"\nseverity = [\n')
    shell.file("day.toml", DAY)
    ended = shell.run("list")
    assert (ended.code, ended.out.count("\n")) == (1, 1)
    assert "bad.toml:" in ended.err


def test_a_cell_of_any_length_costs_the_other_rows_nothing(shell) -> None:
    tasks = "".join(f'[[tasks]]\nid = "t{at}"\ntext = "task {at}"\n' for at in range(500))
    long = f'[[tasks]]\nid = "a"\ntext = "{"x" * 100_000}"\nowner = "{"y" * 10_000}"\n'
    shell.file("long.toml", f'title = "x"\n{long}{tasks}')
    ended = shell.run("list", "--tasks")
    assert ended.out.count("\n") == 501
    assert len(ended.out) < 2 * 110_000


def test_an_empty_folder_says_how_to_start_and_a_missing_one_is_refused(shell) -> None:
    ended = shell.run("list")
    assert (ended.code, ended.out) == (0, "")
    assert "pmtui new" in ended.err
    refused = shell.run("list", "nowhere")
    assert refused.code == 1
    assert "nowhere" in refused.err
