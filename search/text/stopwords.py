"""Words that say too little to be sought: a search does not insist on them.

Articles, prepositions, conjunctions, pronouns and auxiliaries. A language without a list insists on
every word; a question of such words alone is sought as it stands.
"""

from functools import cache

from search.text.analysis import fold

STOP_WORDS = {
    "en": """
        a an and are as at be been but by can could did do does for from had has have how i if in
        into is it its me my no not of on or our should so than that the their them there these they
        this those to us was we were what when where which who why will with would you your
        """,
    "fi": """
        ei eivät en että hän he ja jo joka jos joten jotka kanssa koska kuin kuinka kun me mikä miksi
        milloin missä miten mitä mukaan mutta myös ne niin nyt ole olen oli olla on ovat se sekä sen
        siellä sitä tai te tämä tämän vai vaikka voi voiko
        """,
    "it": """
        a ad agli ai al alla alle allo anche c che chi ci come con cosa d da dagli dai dal dall dalla
        dalle degli dei del dell della delle dello di dove e ed era gli ha hanno i il in io l la le lo
        ma mi ne negli nei nel nell nella nelle non noi o per perché più quale quando quali quello
        questa questo sarà se si sono su sugli sui sul sull sulla sulle tra fra un una uno voi è
        """,
    "lt": """
        apie ar arba bei bet bus buvo dar dėl iki ir iš į jau jei jeigu ji jie jis jo jos jų kad kai kaip
        kas kiek kodėl kokia koks kuri kurie kuris kur man mes mums ne nei nes nėra nuo o per po prie
        prieš su šis ši šie ta tai tas taip ten tie to už yra
        """,
    "lv": """
        ar arī bet bez bija būs caur cik es gan ir ja jau jo jūs kā kad kādēļ kāds kāpēc kas kur kura
        kurš ko līdz man mēs mums nav ne no nu par pa pēc pie pirms starp šī šis šo tā tad tas tie tika
        to tur un uz vai vairs viņa viņi viņš
        """,
    "pl": """
        a aby albo ale ani by był była było być bez co czy dla do gdy gdzie go i ich ile im ja jak jaka
        jaki jakie jako je jego jej jest jeśli już kiedy kto która które który ma może my na nad nie niż
        o od oraz po pod przed przez przy są się ta tak także tam te tego tej ten to tu tym u w we więc
        wy z za ze że żeby
        """,
    "pt": """
        a à ao aos as às até com como da das de dela dele do dos e é ela ele eles em entre era essa esse
        esta este está estão eu foi há isso já lhe mais mas me muito na nas não nem no nos nós num numa o
        onde os ou para pela pelas pelo pelos por porque qual quando que quem se sem ser seu seus sua
        suas são também um uma você
        """,
    "de": """
        aber als also am an auch auf aus bei beim bin bis da damit das dass dem den der des die doch du
        durch ein eine einem einen einer eines er es für hat haben hatte ich ihr ihre im in ins ist ja
        kann kein keine können man mehr mit nach nicht noch nur ob oder ohne sein seine sich sie sind so
        soll über um und uns unser unter vom von vor war waren warum was wenn wer wie wir wird wo zu zum
        zur
        """,
}


@cache
def stop_words(language: str) -> frozenset[str]:
    """The stop words of a language, folded.

    >>> "uber" in stop_words("de"), "betrieb" in stop_words("de"), len(stop_words("mt"))
    (True, False, 0)
    """
    return frozenset(map(fold, STOP_WORDS.get(language, "").split()))
