"""What a heading or a label calls itself, in English, Spanish, French, Portuguese and German.

Names are compared without case, accents, numbering, brackets and marks. A table of patterns gives
the part of the document that a name stands for; the first that fits counts.
"""

import re
import unicodedata
from functools import lru_cache

_PARTS: tuple[tuple[str, str], ...] = (
    # One pattern may name two parts at once: those come first.
    ("cause+resolution", r"(?:CAUSE).*(?:RESOLUTION|FIX)|(?:RESOLUTION).*(?:CAUSE)"),
    ("started", r"^(?:(?:incident|outage|impact|issue|downtime) )?(?:start(?:ed|s|ing)?|began|begin(?:s|ning)?|begun|inicio|debut"
        r"|beginn|commenced?|comienzo)(?: (?:time|date|at|on|date and time|and time|date time|of (?:the )?(?:impact|outage|incident)))*$"
        r"|^hora de inicio$|^heure de debut$|^startzeit$|^hora (?:do|de) inicio$|^outage start(?: time)?$"
        r"|^(?:time|date) (?:started|of (?:start|incident|outage))$|^fecha de inicio$|^data de inicio$"),
    ("resolved", r"^(?:(?:incident|outage|impact|issue|downtime|service) )?(?:end(?:ed|s)?|finish(?:ed)?|stop(?:ped)?|restored"
        r"|resolved|recovered|fin|ende|fim|final)(?: (?:time|date|at|on|date and time|of (?:the )?(?:impact|outage|incident)))*$"
        r"|^(?:resolution|recovery) (?:time|date)$|^hora (?:de fin|del? final|de termino|do fim)$|^heure de fin$"
        r"|^endzeit$|^behoben$|^time (?:ended|resolved)$|^termino$|^fecha de fin$"),
    ("detected", r"^(?:(?:first|initially|incident|issue) )*detected(?: (?:at|on))?$|^detection (?:time|date)$"
        r"|^time detected$|^detectado$|^detecte$|^erkannt$"),
    ("acknowledged", r"^(?:acknowledged|ack)(?: (?:at|on|time))?$"),
    ("declared", r"^(?:incident )?(?:declared|reported)(?: (?:at|on))?$"),
    ("mitigated", r"^(?:mitigated|repaired|mitigation time|time mitigated)(?: (?:at|on))?$"),
    ("closed", r"^(?:incident )?closed(?: (?:at|on))?$"),
    ("public", r"^public(?:ly (?:announced|disclosed))?(?: (?:at|on))?$"),
    ("duration", r"\bduration\b|^(?:total )?(?:outage|down) ?time$|^downtime$|^time to (?:resolve|resolution|recover)$"
        r"|^window$|^(?:outage|incident) window$|duracion|duree\b|duracao|\bdauer\b|ausfallzeit|^how long|^outage$|^outage (?:length|period)$"),
    ("date", r"^(?:incident |event |outage )?(?:date|fecha|datum|data|day)(?: of (?:the )?(?:incident|outage|event|issue))?$"
        r"|^fecha del? (?:incidente)?|^date de l.incident$|^data do incidente$|^datum des (?:vorfalls|ausfalls)$"),
    ("users", r"^(?:(?:affected |impacted )?(?:users|customers)(?: (?:affected|impacted))?|usuarios(?: afectados)?"
        r"|utilisateurs(?: \w+)?|betroffene (?:nutzer|kunden|benutzer)|usuarios afetados)$"),
    ("resolution", r"(?:RESOLUTION).*lessons"),
    ("whys", r"(?:5|five|cinco|cinq|funf) (?:whys?|porques?|pourquois?|warum)|^whys$|5 por ques"),
    ("factors", r"contribut\w+ (?:factors?|causes?|conditions?)|factores? contribu\w+"
        r"|facteurs? (?:contribu\w+|aggravants?)|fatores? contribu\w+|beitragende \w+"
        r"|aggravating factors?"),
    ("cause", r"^what went wrong and why$"),
    ("went_well", r"(?:went|worked|did|go|goes|going) (?:so )?(?:well|right|good)|lo que (?:salio|funciono) bien"
        r"|que (?:salio|fue|funciono) bien|bien (?:marche|fonctionne|passe)|(?:correu|funcionou|deu) (?:bem|certo)"
        r"|gut (?:lief|gelaufen|funktioniert)|lief gut|^(?:the )?good$|^positives?$|^strengths$"),
    ("got_lucky", r"\bluck\w*|suerte|chance\b|sorte\b|gluck"),
    ("went_wrong", r"(?:went|worked|did|go|goes|going) (?:so )?(?:not well|not go well|wrong|poorly|bad|badly)"
        r"|(?:did ?n.?t|not|could have) (?:go|work|gone|been)(?: so| very)? (?:well|better|improved)"
        r"|(?:salio|fue|funciono) mal|mal (?:marche|fonctionne|passe)|(?:correu|deu) (?:mal|errado)"
        r"|schlecht (?:lief|gelaufen)|schief|lief schlecht|^(?:the )?bad$|^weaknesses$"),
    ("lessons", r"lessons?\b|learn(?:ings?|ed|t)\b|takeaways?|lecciones|lecons?|enseignements|licoes|aprendi\w+"
        r"|lehren|erkenntnisse|gelernt\w*|retour d.experience|retrospective"),
    ("corrective", r"^(?:corrective|correctives?|correctivas?|corretivas?|immediate|short term|medidas correctivas"
        r"|medidas corretivas|mesures correctives|actions correctives|acciones correctivas|acoes corretivas"
        r"|korrektur\w*|sofort\w*)(?: (?:measures?|actions?|fix(?:es)?|steps?))?$"),
    ("preventive", r"^(?:prevent(?:ive|ative|ion)|preventivas?|preventives?|long term|medidas preventivas"
        r"|mesures preventives|actions preventives|acciones preventivas|acoes preventivas|prevencion|prevencao"
        r"|vorbeug\w*|praventi\w*)(?: (?:measures?|actions?|fix(?:es)?|steps?|massnahmen|strategies))?$"),
    ("improvements", r"^(?:improvements?|fixes|improvements?(?: and| or)? fix(?:es)?|fix(?:es)? and improvements?"
        r"|mejoras|ameliorations?|melhorias|verbesserungen|things to improve|areas (?:for|of) improvement"
        r"|(?:things )?(?:that )?can be improved|recommendations?|recomendacio\w+|recommandations?"
        r"|recomendaco\w+|empfehlungen)$"),
    ("tasks", r"\btasks?\b|action ?items?|action (?:plan|points?|list)|actions? (?:taken )?to (?:take|do)\b|to ?dos?\b"
        r"|next steps?|follow ?ups?|^(?:review |follow up |planned |open |remaining )?actions?$|call to action"
        r"|tareas|elementos? de accion|proximos pasos|plan de accion|^acciones|taches|plan d.?actions?"
        r"|prochaines etapes|^actions? a (?:mener|faire)|tarefas|offene punkte|open points|puntos abiertos|pendientes|pendencias|itens de acao|proximos passos|plano de acao"
        r"|^acoes\b|aufgaben|nachste schritte|aktionspunkte|^todo"),
    ("measures", r"^measures$|countermeasures?|^later$|(?:going|moving) forward|(?:less|more) (?:likely|impactful)"
        r"|^what (?:we|will|are we|is|comes?|happens|needs)(?: \w+){0,3} (?:do|doing|change|changes|changing|next|now|improve|improving|different\w*)$"
        r"|^what (?:comes|happens|is|s) next$|what will (?:change|we change|be done)|^changes(?: we)?(?: \w+)?$|corrective|prevent(?:at|ion|ive|ing)|remediation|medidas|prevencion|mesures|prevencao"
        r"|massnahmen|pravention|improvements?\b|how (?:do|will|can) we (?:prevent|avoid)|(?:avoid\w*|stop\w*) recurrence"
        r"|mitigation measures|recommendations|correctiv\w+|corretiv\w+"),
    ("times", r"^(?:key (?:events|times|dates|timestamps)|(?:outage|incident|downtime) times?"
        r"|start and end times?|(?:date|when)(?: and time)?s?$|times?$|important times)"),
    ("timeline", r"^how did we respond$|^how it went$|^hergang$|^what happened when$|time ?lines?\b|chronolog\w*|sequence of events|^(?:incident |event )?log(?: of events)?$|^events$"
        r"|event history|what happened (?:when|and when)|cronologia|linea (?:de|del) tiempo|secuencia de (?:los )?eventos"
        r"|deroulement|chronologie|frise|linha (?:do|de) tempo|sequencia de eventos|zeitachse|zeitlich\w*|zeitleiste"
        r"|zeitstrahl|\bablauf|verlauf\b|^hora a hora|minute by minute|blow by blow"),
    ("trigger", r"\btrigger(?:s|ing)?\b|desencadenante|declencheur|gatilho|ausloser"),
    ("cause", r"CAUSE|^why$|^fault$|^what went wrong and why$|^why (?:did )?(?:it|this|that)(?: happen(?:ed)?)?|what (?:went wrong and )?caused"
        r"|(?:cual|que) (?:fue|causo) la causa|fault analysis|^analysis$|technical analysis|^the bug$"),
    ("detection", r"\bdetection\b|how (?:was it|it was|did we|was this|was the \w+) (?:detect|notice|discover|find)\w*"
        r"|deteccion|deteccao|erkennung|entdeckung|\bidentified$|^detected by|^monitoring$|how detected"),
    ("resolution", r"RESOLUTION|how (?:it was|was it|we|was the \w+|did we|was this) (?:fix|resolv|mitigat)\w*"
        r"|^(?:the )?fix(?:es)?$|^(?:the )?solution$|^repair$|^fixed(?: by)?$|^how (?:it|this) was \w+$|containment"
        r"|^what we did(?: about it)?$|^workaround$|^how it was (?:solved|fixed|resolved|repaired)$"),
    ("reference", r"^(?:incident|ticket|case|issue|postmortem|reference|report|tracking)?(?: )?"
        r"(?:id|no|number|reference|ref|nummer|numero|kennung|key)$|^(?:reference|ticket|jira)$"),
    ("severity", r"^(?:incident |impact )?(?:severity|sev|severity level|gravedad|severidad|severite|gravite"
        r"|severidade|gravidade|schweregrad|prioritat|priority|priority level|criticality|criticite)$"),
    ("status", r"^(?:(?:document|postmortem|report|incident|current|review) )?(?:status|estado|statut|etat)$"),
    ("drill", r"^(?:drill|exercise|simulacro|ubung)$"),
    ("timezone", r"^(?:all )?(?:time ?zone|zona horaria|fuseau(?: horaire)?|fuso(?: horario)?|zeitzone|tz)s?$"),
    ("services", r"^(?:(?:affected|impacted) )?(?:services?|systems?|components?)(?: (?:affected|impacted))?$"
        r"|^servicios?(?: afectados?)?$|^services? (?:touches?|concernes?|impactes?)$|^servicos?(?: afetados?)?$"
        r"|^betroffene (?:dienste|systeme|services)$|^dienste$"),
    ("tags", r"^(?:tags?|labels?|keywords?|etiquetas|mots cles|schlagworte)$"),
    ("people", r"^(?:(?:document |report )?(?:authors?|owners?|prepared by|written by|reported by|reporter|created by)"
        r"|people(?: involved)?|participants?|attendees|responders?|incident (?:commander|manager|lead|responders?)"
        r"|(?:response )?team|involved|contributors?|on ?call(?: engineers?)?|autor(?:es|as|a)?|auteurs?"
        r"|verfasser|autoren|beteiligte|participantes|personas|personnes|pessoas|facilitator|scribe)$"),
    ("percent", r"^share of users$"),
    ("requests", r"^(?:(?:affected |failed )?requests(?: affected)?)$"),
    ("revenue", r"^(?:revenue(?: (?:loss|impact|lost))?|financial impact|lost revenue)$"),
    ("impact", r"^who was (?:hit|affected)$|^who$|\bimpacts?\b|impacto|auswirkung\w*|consequences?|who was affected|customer experience|blast radius"
        r"|consequencias|consecuencias|folgen\b|affected (?:services|users|systems)"),
    ("links", r"^(?:(?:useful |related |further )?(?:links|references|resources|reading)|enlaces|liens|ligacoes"
        r"|verweise|referencias|supporting (?:information|documents|links))$"),
    ("conclusion", r"\bconclu\w+|closing\b|final (?:thoughts|remarks|words|notes)|fazit|schlussfolgerung\w*|^summing up"
        r"|^wrap ?up|consideracoes finais|schlusswort|^outro$|palabras finales"),
    ("summary", r"^what$|^what we saw$|^short version$|kurzfassung|^(?:key )?facts$|^que paso$|^o que aconteceu$|^was (?:ist )?passiert(?: ist)?$"
        r"|^ce qui s.est passe$|^que s.est il passe$|\bsummar(?:y|ies|ised|ized)\b|overview|introduc\w+|abstract\b|tl ?;?dr|what happened$|^(?:the )?(?:incident|issue|problem|outage)$"
        r"|(?:issue|incident|problem) (?:description|details?|overview)|^description$|resumen|resume\b|resumo|sintese"
        r"|zusammenfassung|uberblick|einleitung|introduccion|synthese|descripcion|descricao|beschreibung"
        r"|vision general|visao geral|kurzfassung|at a glance|^background and summary"),
)  # fmt: skip

_CAUSE = (
    r"\bcauses? racines?|causa raiz|\bcauses?\b|causa(?:s|do|da)?\b|ursachen?\b|\w+ursachen?\b|root ?cause|origine\b|causes? racines?"
)
_RESOLUTION = (
    r"\bresol(?:ution|ved?|ving|ucion|ucao|vido)\b|\bresolution\b|recovery|restoration|mitigation"
    r"|\bfix(?:es)?\b|\bsoluc?t?ion\b|solucao|losung|behebung|wiederherstellung|retablissement"
    r"|recuperacion|recuperacao|correccion de la incidencia|\bbeseitigung\b|remedy\b|workaround"
)
_FIX = r"\bfix\b|\bsolution\b|recovery|solucion"

_TABLE = tuple(
    (
        part,
        re.compile(
            pattern.replace("RESOLUTION", _RESOLUTION).replace("FIX", _FIX).replace("CAUSE", _CAUSE)
        ),
    )
    for part, pattern in _PARTS
)

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_SHORTCODE = re.compile(r":[a-z0-9_+-]{2,40}:")
_NUMBERING = re.compile(r"^\s*(?:[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]?|[IVX]{1,4}[.)]|[A-Ha-h][.)])\s+")
_NOT_WORD = re.compile(r"[^\w;']+")
_SLASH = re.compile(r"\s*[/&+]\s*")

_LONGEST_NAME = 10
"""Words of a heading; what is longer tells something rather than names a part."""

_PLAIN_WORDS = frozenset(
    """
    the a an of and or for to in on our this that what how why incident outage issue event events
    postmortem post mortem service analysis report details detailed detail brief short full
    initial final general technical y de del la el los las e et le les l des du da do dos das und
    der die das des zur zum im am our key main primary list steps taken measures measure actions
    action plan section part rca s business customer user users detection response immediate
    where got get was were is are did we it with there must contain long term short also known as future further l'incident d'incident incidente incidencia vorfall
    vorfalls zwischenfall stoerung ausfall ausfalls report informe rapport relatorio bericht
    """.split()
)


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """`name` as the table has it: plain small letters, single blanks, no numbering or brackets."""
    bare = _SHORTCODE.sub(" ", _BRACKETS.sub(" ", name))
    bare = _NUMBERING.sub("", bare.strip(" *_#\t"))
    bare = unicodedata.normalize("NFKD", bare.replace("ß", "ss")).casefold()
    bare = "".join(c for c in bare if not unicodedata.combining(c))
    bare = _SLASH.sub(" and ", bare)
    return _NOT_WORD.sub(" ", bare.replace("’", "'")).strip()


@lru_cache(maxsize=4096)
def part_of(name: str) -> str:
    """The part that a heading named `name` begins, "" for one of its own kind."""
    plain = folded(name)
    if not plain or len(plain.split()) > _LONGEST_NAME:
        return ""
    return next((part for part, pattern in _TABLE if pattern.search(plain)), "")


@lru_cache(maxsize=4096)
def label_of(name: str) -> str:
    """Like `part_of`, for words that no mark shows to be a heading: nothing else may be in them."""
    plain = folded(name)
    words = plain.split()
    if not words or len(words) > 8:
        return ""
    for part, pattern in _TABLE:
        found = pattern.search(plain)
        if found is None:
            continue
        rest = f"{plain[: found.start()]} {plain[found.end() :]}".split()
        if all(word in _PLAIN_WORDS or _is_name(word) for word in rest):
            return part
    return ""


@lru_cache(maxsize=4096)
def _is_name(word: str) -> bool:
    return any(pattern.fullmatch(word) for _, pattern in _TABLE)
