"""Forms that word lists have as words of their own.

`escrito` stands in the list as an adjective only; who seeks `escribir` means it too. The same holds for
what shares no stem with its lemma (`people`: `person`), and for women's names of trades. All in folded
letters.
"""

import re
from collections.abc import Iterator
from functools import cache

# Endings with those of the lemma: of the infinitive for participles, of men for women; Estonian
# comparatives.
REGULAR = {
    "es": ("ado ar", "ido er", "ido ir"),
    "et": ("em ", "em a", "em e", "ksem ke", "am ", "um ", "im ", "im is", "v ma"),
    "fr": ("iere ier", "euse eur", "trice teur"),
    "it": ("ato are", "uto ere", "ito ire", "iera iere", "trice tore"),
    "pt": ("ado ar", "ido er", "ido ir"),
}
SHORTEST_STEM, SHORTEST_LEMMA = 3, 4
# German participles of verbs in two parts: *angefertigt*, of *anfertigen*.
IN_TWO_PARTS = re.compile(
    r"(ab|an|auf|aus|ein|her|mit|nach|vor|weiter|zu|zuruck|zusammen)ge(.{3,}?)e?t"
)
IRREGULAR = {
    "bg": "хора човек",
    "cs": "lepsi dobry, horsi spatny",
    "da": "vaerre darlig",
    "de": "mehr viel",
    "el": "πηγα πηγαινω",
    "en": "people person, worse bad, bigger big, biggest big",
    "et": "parem hea, parim hea",
    "fi": "parempi hyva, paras hyva, pahempi paha",
    "ga": "measa olc",
    "hbs": "ljudi covjek, djeca dijete, braca brat, gori los",
    "hu": "tobb sok, kisebb kicsi",
    "lt": "didesnis didelis, didziausias didelis",
    "lv": "labakais labs",
    "pl": "wiekszy duzy, mniejszy maly, gorszy zly, lata rok",
    "ro": "copii copil",
    "sk": "lepsi dobry, horsi zly",
    "sv": "battre god, mindre liten",
    "es": """
        mejor bueno, peor malo, mayor grande, menor pequeno, buen bueno, gran grande, fue ir,
        abierto abrir, cubierto cubrir, descrito describir, descubierto descubrir, devuelto devolver,
        dicho decir, escrito escribir, expuesto exponer, hecho hacer, impreso imprimir,
        inscrito inscribir, muerto morir, propuesto proponer, puesto poner, resuelto resolver,
        roto romper, satisfecho satisfacer, visto ver, vuelto volver
        """,
    "fr": """
        meilleur bon, pire mauvais, mieux bien, messieurs monsieur,
        acquis acquerir, admis admettre, appris apprendre, assis asseoir, compris comprendre,
        conduit conduire, construit construire, couvert couvrir, cuit cuire, decouvert decouvrir,
        decrit decrire, dit dire, ecrit ecrire, fait faire, inscrit inscrire, mis mettre, mort mourir,
        offert offrir, ouvert ouvrir, permis permettre, pris prendre, produit produire, promis promettre,
        remis remettre, repris reprendre, souffert souffrir, surpris surprendre, traduit traduire,
        transmis transmettre
        """,
    "it": """
        migliore buono, peggiore cattivo, maggiore grande, minore piccolo,
        accolto accogliere, aperto aprire, assunto assumere, chiesto chiedere, chiuso chiudere,
        concluso concludere, coperto coprire, corretto correggere, corso correre, cotto cuocere,
        deciso decidere, descritto descrivere, detto dire, difeso difendere, diretto dirigere,
        diviso dividere, espresso esprimere, fatto fare, incluso includere, iscritto iscrivere,
        letto leggere, messo mettere, morto morire, offerto offrire, perso perdere, preso prendere,
        prodotto produrre, promosso promuovere, proposto proporre, raccolto raccogliere,
        richiesto richiedere, rimasto rimanere, risolto risolvere, risposto rispondere, rotto rompere,
        scelto scegliere, sceso scendere, scritto scrivere, speso spendere, stretto stringere,
        svolto svolgere, tradotto tradurre, trasmesso trasmettere, visto vedere, vinto vincere
        """,
    "pt": """
        melhor bom, pior mau, maior grande, menor pequeno, foi ir,
        aberto abrir, coberto cobrir, descoberto descobrir, descrito descrever, dito dizer,
        entregue entregar, escrito escrever, feito fazer, ganho ganhar, gasto gastar, impresso imprimir,
        inscrito inscrever, morto morrer, pago pagar, posto por, proposto propor, visto ver
        """,
}


@cache
def irregular(code: str) -> dict[str, str]:
    pairs = (pair.split() for pair in IRREGULAR.get(code, "").split(",") if pair.strip())
    return dict(pairs)


def lemmas(folded: str, code: str) -> Iterator[str]:
    """What else a word may be a form of; whoever asks keeps what the word list has.

    >>> list(lemmas("escrito", "es")), list(lemmas("ayudado", "es")), list(lemmas("people", "en"))
    (['escribir'], ['ayudar'], ['person'])
    >>> list(lemmas("angefertigt", "de"))
    ['anfertigen']
    """
    if lemma := irregular(code).get(folded):
        yield lemma
    for rule in REGULAR.get(code, ()):
        ending, other = rule.split(" ")
        stem = folded.removesuffix(ending)
        if SHORTEST_STEM <= len(stem) < len(folded) and len(stem + other) >= SHORTEST_LEMMA:
            yield stem + other
    if code == "de" and (found := IN_TWO_PARTS.fullmatch(folded)):
        yield f"{found[1]}{found[2]}en"
