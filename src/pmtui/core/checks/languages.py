"""Which language a text is in, and the words of the rules in languages other than English.

A word that means something else in another language, or that belongs to a sentence rather than
stands for itself, is left out: a rule rather finds less than what is not there.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

_FREQUENT = {
    "en": "the and of was were is with could from to that which for on by it this not at when",
    "de": "der die das und ist war wurde wurden nicht mit für auf ein eine einen einem dem den im"
    " zu von bei keine kein nach auch sich durch über werden konnten wir als",
    "es": "el la los las del y en fue fueron se que una con para por no al su sus desde hasta como"
    " sin más durante",
    "fr": "le la les des du et est était ont été une dans pour par qui que sur ne pas au aux avec"
    " cette son ses plus nous",
    "pt": "o os as do da dos das e foi foram se que uma com para por não em no na nos nas ao um"
    " sem durante mais",
    "it": "il lo la gli le di del della e è che una con per non si sono stato stata dal nel un",
    "nl": "de het een en van was werd niet met voor op te zijn bij naar dat door aan er konden",
}
"""The words that are in nearly every text of a language."""

KNOWN = frozenset(("en", "de", "es", "fr", "pt"))
"""The languages that the lists of words know; the others are here to be told from these."""

_SETS = {name: frozenset(words.split()) for name, words in _FREQUENT.items()}
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST = 2
"""So many frequent words, and more than of any other language, tell the language of a text."""


@lru_cache(maxsize=4096)
def language(text: str) -> str:
    """`en`, `de`, `es` and so on; "" where too few words tell, or as many of two languages."""
    words = [word.casefold() for word in _WORD.findall(text[:20_000])]
    counts = sorted(
        ((sum(word in frequent for word in words), name) for name, frequent in _SETS.items()),
        reverse=True,
    )
    (most, name), (second, _) = counts[:2]
    return name if most >= _FEWEST and most > second else ""


def is_frequent(word: str) -> bool:
    """Whether nearly every text of some language has the word, so that it names nobody."""
    return any(word.casefold() in frequent for frequent in _SETS.values())


def of_all(texts: Iterable[str]) -> str:
    """The language of most of a document's words, English where that cannot be told."""
    return language("\n".join(texts)) or "en"


AUDIENCE = (
    *("benutzer*", "nutzer*", "anwender*", "kund*", "besucher*", "mitarbeit*", "personen"),
    *("bestellung*", "haushalt*", "fahrgäste*", "zuschauer*", "leser*", "konten"),
    *("usuari*", "client*", "persona*", "emplead*", "alumn*", "profesor*", "pacient*", "pedido*"),
    *("cuentas", "visitante*", "centros"),
    *("utilisat*", "visiteur*", "personne*", "employé*", "commande*", "élèves", "salarié*"),
    *("abonné*", "comptes", "paiements"),
    *("usuári*", "cliente*", "pessoa*", "funcionári*", "aluno*", "conta", "contas"),
)
"""Who may be hit."""

HOW_MANY = (
    *("alle", "allen", "aller", "keine", "hälfte", "niemand", "drittel"),
    *("todos", "todas", "ningún", "nadie", "mitad", "tercio"),
    *("tous", "toutes", "aucun", "aucune", "moitié"),
    *("nenhum", "nenhuma", "ninguém", "metade", "terço"),
)
"""How many, in words."""

DENIALS = (
    *("kein", "keine", "keinen", "keiner", "nicht", "ohne", "nie", "weder"),
    *("sin", "ningún", "ninguna", "nunca", "tampoco"),
    *("pas", "sans", "aucun", "aucune", "jamais"),
    *("não", "nao", "sem", "nenhum", "nenhuma"),
)
"""What denies the words behind it."""

SEVERE = (
    *("datenverlust*", "alle kunden", "alle nutzer", "alle benutzer", "allen kunden"),
    *("totalausfall", "komplettausfall"),
    *("pérdida de datos", "todos los usuarios", "todos los clientes", "caída total"),
    *("perte de données", "tous les utilisateurs", "tous les clients", "panne totale"),
    *("perda de dados", "todos os usuários", "todos os clientes", "todos os utilizadores"),
)
"""What is not said of a mild incident."""

WISHES = (
    *("verbessern", "überprüfen", "untersuchen", "sicherstellen", "optimieren", "stärken"),
    *(
        "mejorar",
        "revisar",
        "asegurar",
        "garantizar",
        "investigar",
        "considerar",
        "reforzar",
        "optimizar",
    ),
    *("améliorer", "renforcer", "assurer", "garantir", "étudier", "optimiser", "envisager"),
    *("melhorar", "rever", "reforçar", "otimizar", "avaliar"),
)
"""Verbs with which a task begins and says no more than a wish."""

WISHES_AT_END = ("verbessern", "optimieren", "sicherstellen", "untersuchen", "evaluieren")
"""The same where the verb comes last."""

VAGUE = (
    *("bessere", "besseres", "besser", "regelmäßig", "regelmäßige", "mehr monitoring"),
    *("mehr aufpassen", "bei bedarf", "vorsichtiger"),
    *("mejor monitor*", "más monitor*", "regularmente", "periódicamente", "más cuidado"),
    *("según sea necesario", "si es necesario", "cuando sea posible"),
    *("meilleure", "meilleur", "régulièrement", "périodiquement", "plus d'attention"),
    *("si nécessaire", "si besoin", "faire attention"),
    *("melhor monitor*", "mais monitor*", "periodicamente", "mais cuidado", "se necessário"),
    *("quando possível", "mais atenção"),
)
"""What leaves open when a task is done."""

MONTHS = (
    "januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember"
    "|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
    "|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre"
    "|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro"
)
"""The names of months, as a pattern."""

BOUNDS = (
    *("täglich*", "wöchentlich*", "monatlich*", "jährlich*", "jede", "jeden", "jedes", "jeder"),
    *("bis", "damit", "cada", "diariamente", "semanalmente", "mensualmente", "hasta"),
    *("chaque", "quotidien*", "hebdomadaire*", "mensuel*", "jusqu", "afin que"),
    *("mensalmente", "até", "para que"),
)
"""What tells when a task is done."""

COUNTERFACTUALS = (
    r"\bhätten?\b[^.;!?\n]{0,80}?\b(?:\w+en|sein) (?:müssen|sollen|können|dürfen)\b",
    r"\b(?:debería|deberían|deberíamos|debió|debieron|debimos|podría|podrían|podríamos) haber"
    r" \w+(?:ado|ido|to|cho)\b",
    r"\b(?:aurait|auraient|aurions) (?:dû|pu) \w+",
    r"\b(?:deveria|deveriam|deveríamos|poderia|poderiam|poderíamos) (?:ter|terem|termos)"
    r" \w+(?:ado|ido|to)\b",
)
"""What should or could have been, as patterns."""

HEAT = (
    *("fahrlässig*", "schlampig*", "nachlässig*", "leichtsinnig*", "inkompetent*"),
    *("negligent*", "negligencia", "irresponsable*", "descuidado", "descuidada", "incompetent*"),
    *("négligent*", "négligence", "irresponsable*", "incompétent*"),
    *("negligência", "irresponsável", "descuidada", "desleixad*"),
)
"""What judges people."""

FILLERS = (
    *("offensichtlich", "selbstverständlich", "obviamente", "por supuesto", "évidemment"),
    *("bien sûr", "claro que"),
)
"""What says that it was easy to see."""

HUMAN_ERROR = (
    *("menschliches versagen", "menschlichen versagens", "menschlicher fehler", "bedienfehler*"),
    *("vergaß", "vergessen hat", "vergessen hatte", "wurde vergessen"),
    *("error humano", "errores humanos", "fallo humano", "olvidó", "se olvidó"),
    *("erreur humaine", "erreurs humaines", "a oublié", "avait oublié"),
    *("erro humano", "falha humana", "esqueceu", "esqueceu-se"),
)
"""Where a cause stops at a person."""

SYSTEMIC = (
    *("weil", "fehlte", "fehlten", "fehlende*", "erlaubte", "keine prüfung", "ohne prüfung"),
    *("prozess*", "standardmäßig"),
    *("porque", "permitía", "permitió", "faltaba", "falta de", "sin validación", "sin revisión"),
    *("proceso*", "por defecto"),
    *("parce que", "permettait", "manque de", "manquait", "sans validation", "processus"),
    *("par défaut", "permitia", "permitiu", "faltava", "sem validação", "processo*", "por padrão"),
)
"""What says why that was possible."""

SIGNS: dict[str, str] = {
    "detected": r"alarm (?:ausgelöst|schlägt an)|bemerk(?:t|te|en|ten) (?:die|den|das|einen?)"
    r"|(?:störung|ausfall|problem|fehler)"
    r" (?:wurde |wird )?(?:bemerkt|entdeckt|erkannt)|erste (?:meldung|beschwerde|anrufe?)n?"
    r"|se detect(?:a|ó)|primer(?:a|as|os) (?:quejas?|alertas?|llamadas?|avisos?)|salta la alerta"
    r"|premi(?:er|ers|ère|ères) (?:alertes?|plaintes?|appels?|signalements?)|alerte déclenchée"
    r"|primeir(?:o|a|os|as) (?:alertas?|reclamaç\w+|avisos?)|alerta disparado|foi detectad[oa]",
    "mitigated": r"zurückgerollt|rollback (?:abgeschlossen|durchgeführt)|se revirtió"
    r"|reversión completada|retour arrière (?:effectué|terminé)|correct(?:ion|if) déployée?"
    r"|foi revertid[oa]|rollback (?:concluído|feito)",
    "resolved": r"vollständig (?:wiederhergestellt|behoben)|(?:störung|ausfall|dienst|betrieb)"
    r" (?:ist |wurde )?(?:wiederhergestellt|behoben)|entwarnung"
    r"|servicio (?:restablecido|restaurado)|incidente (?:resuelto|cerrado)"
    r"|service rétabli|incident (?:résolu|clos)"
    r"|retour à la normale|serviço (?:restabelecido|restaurado|normalizado)"
    r"|incidente (?:resolvido|encerrado)",
}
"""What is written when a milestone is reached, as patterns."""
