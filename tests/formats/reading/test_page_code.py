"""The code above a page of MDX is no title, and is kept word for word."""

import pytest

from pmtui.core.document import Postmortem
from pmtui.formats.reading import read
from tests.formats.reading.words import missing_words

BODY = "\n\n## Summary\n\nThe shop was down.\n\n## Timeline\n\n- 10:00 a\n- 10:10 b\n"


def document_of(text: str) -> Postmortem:
    """The document in `text`, of whose words none is lost."""
    document = read(text.encode()).document
    assert not missing_words(text, document)
    return document


CODE = [
    "import Image from 'next/image'",
    'import { A, B } from "@/parts";\nimport "./style.css"',
    "import {\n  A,\n  B,\n} from '@/parts'",
    "import * as parts from '@/parts'\n\nexport const size = 3",
    "export const meta = {\n  draft: false,\n  tags: ['a'],\n}\n\nexport default Layout;",
    "export default (props) => <Page article={post} {...props} />",
    "export default function Page({ children }) {\n  return <main>{children}</main>\n}",
]


@pytest.mark.parametrize("code", CODE)
def test_code_above_a_page_is_kept_and_is_no_title(code: str) -> None:
    document = document_of(f"{code}\n\n# Shop down{BODY}")
    assert document.title == "Shop down"
    assert document.sections[0].after == "conclusion"
    assert document.sections[0].body == f"```\n{code}\n```"


@pytest.mark.parametrize(
    "code",
    [
        "export const post = {\n  title: 'Shop down',\n  author: \"Ana\",\n}",
        "import A from 'a'\n\nexport const title = `Shop down`;",
        "---\nlayout: post\n---\nimport A from 'a'\n\nexport const meta = { a: 1 }\n"
        "export const title = 'Shop down'",
    ],
)
def test_code_may_state_the_title(code: str) -> None:
    assert document_of(code + BODY).title == "Shop down"


def test_front_matter_states_the_title_rather_than_code() -> None:
    code = "---\ntitle: Shop down\n---\n\nimport A from 'a'\n\nexport const title = 'Other'"
    document = document_of(code + BODY)
    assert document.title == "Shop down"
    assert "import A from 'a'" in document.sections[0].body


@pytest.mark.parametrize("title", ["Import of orders failed", "import from the bank was late"])
def test_a_title_may_begin_with_the_word(title: str) -> None:
    assert document_of(f"{title}{BODY}").title == title
