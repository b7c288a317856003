"""Past participles of Romance languages, which word lists have as words of their own.

`escrito` stands in the list as an adjective only; who seeks `escribir` means it too. All in folded
letters.
"""

from collections.abc import Iterator
from functools import cache

# Regular endings with those of the infinitive.
REGULAR = {
    "es": ("ado ar", "ido er", "ido ir"),
    "it": ("ato are", "uto ere", "ito ire"),
    "pt": ("ado ar", "ido er", "ido ir"),
}
SHORTEST_STEM = 3
IRREGULAR = {
    "es": """
        abierto abrir, cubierto cubrir, descrito describir, descubierto descubrir, devuelto devolver,
        dicho decir, escrito escribir, expuesto exponer, hecho hacer, impreso imprimir,
        inscrito inscribir, muerto morir, propuesto proponer, puesto poner, resuelto resolver,
        roto romper, satisfecho satisfacer, visto ver, vuelto volver
        """,
    "fr": """
        acquis acquerir, admis admettre, appris apprendre, assis asseoir, compris comprendre,
        conduit conduire, construit construire, couvert couvrir, cuit cuire, decouvert decouvrir,
        decrit decrire, dit dire, ecrit ecrire, fait faire, inscrit inscrire, mis mettre, mort mourir,
        offert offrir, ouvert ouvrir, permis permettre, pris prendre, produit produire, promis promettre,
        remis remettre, repris reprendre, souffert souffrir, surpris surprendre, traduit traduire,
        transmis transmettre
        """,
    "it": """
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
        aberto abrir, coberto cobrir, descoberto descobrir, descrito descrever, dito dizer,
        entregue entregar, escrito escrever, feito fazer, ganho ganhar, gasto gastar, impresso imprimir,
        inscrito inscrever, morto morrer, pago pagar, posto por, proposto propor, visto ver
        """,
}


@cache
def irregular(code: str) -> dict[str, str]:
    pairs = (pair.split() for pair in IRREGULAR.get(code, "").split(",") if pair.strip())
    return dict(pairs)


def infinitives(folded: str, code: str) -> Iterator[str]:
    """Verbs that a word may be the past participle of; whoever asks keeps what the word list has.

    >>> list(infinitives("escrito", "es")), list(infinitives("ayudado", "es"))
    (['escribir'], ['ayudar'])
    """
    if infinitive := irregular(code).get(folded):
        yield infinitive
    for rule in REGULAR.get(code, ()):
        ending, verb = rule.split()
        if folded.endswith(ending) and len(folded) >= len(ending) + SHORTEST_STEM:
            yield folded.removesuffix(ending) + verb
