"""Words that say too little to be sought: a search does not insist on them.

Articles, prepositions, conjunctions, pronouns and auxiliaries. A language without a list insists on
every word; a question of such words alone is sought as it stands.
"""

from functools import cache

from search.text.analysis import fold

STOP_WORDS = {
    "bg": """
        а ако ала бе без беше би бъде в вас ви все във где го да дали до за защо и из или им има как
        каква какво какъв какви кога когато които който която което къде ли между ми може на над нас не
        него ни но някои о от по под при с са се си след сме съм със те тези този това той тя тази то
        у че ще я
        """,
    "cs": """
        a aby ale ani ano asi až bude by byl byla byli co či do ho i jak jaká jaké jaký jako je
        jeho její jejich jen ještě již jsem jsme jsou k kam kde kdo když která které který ke ma mají
        máme máte mezi mě mi můj my na nad ne nebo není o od po pod podle pro proč proto při s se si
        své ta tak také tato ten tento to tu ty u už v ve však z za ze že
        """,
    "da": """
        af alle at blev bliver da de dem den denne der deres det dette dig din dog du efter eller en er
        et for fra få får ham han har havde hun hvad hvem hvilken hvilke hvor hvordan hvorfor hvis i ikke
        ind jeg kan man med men mig min mod ned når og også om op os over på sig sin skal som så
        til ud var ved vi vil være vores
        """,
    "el": """
        αν από αυτά αυτές αυτή αυτό αυτός για γιατί δεν είμαι είναι ένα ένας έχει έχουν ή η ήταν θα και κάθε
        κατά με μετά μη μην μια μου να ο οι όπου όπως όταν ότι ου πια ποια ποιο ποιος πολύ πότε που πού
        πρέπει προς πώς σαν σας σε στα στη στην στις στο στον στους τα τη την της τι τις το τον του τους
        των ως
        """,
    "es": """
        a al algo ante antes aquí así aunque bajo cada como cómo con cual cuál cuales cuando cuándo de del
        desde donde dónde e el él ella ellos en entre era es esa ese eso esta está están este esto estos
        fue ha han hasta hay la las le les lo los más me mi mis mucho muy ni no nos o para pero por qué
        que quien quién se ser si sí sin sobre son su sus también te tiene tu un una uno unos y ya yo
        """,
    "et": """
        aga ei ega ehk et ja ju ka kas kelle kes kui kuid kuidas kus kuhu ma me meie mida mille millal milline
        mina mis miks mu ning nad need nende ole oli olla oma on pole sa saab see seda sel selle siin siis ta
        tema te teie tuleb või võib välja üks
        """,
    "fr": """
        à au aucun aussi aux avec avoir c ce ceci cela ces cet cette chez ci comme comment d dans de des
        donc dont du elle elles en entre est et être eu il ils j je l la le les leur leurs lui m ma
        mais me même mes mon n ne nos notre nous on ont ou où par pas plus pour pourquoi qu quand que quel
        quelle quelles quels qui quoi s sa sans se ses si son sont sur ta te tes ton tu un une vos votre
        vous y
        """,
    "ga": """
        a ach ag agus an ar as atá ba bhí cá cad cathain cé cén conas d dá dár de den do don é faoi
        faoin ga gach go gur i iad idir in is ina inár le leis m má mar mé mo muid na nach ná ní nuair ó
        ón os sa sé sí sin sna tá tú um
        """,
    "hr": """
        a ako ali bez bi bih bila bili bilo bio biti da do gdje ga i ih ili im iz ja je jer jesu još kad
        kada kako kao koja koje koji koju li me među mi mogu može moj na nad nakon nam ne nego nije o od
        on ona oni ono ova ovaj ovo po pod prema pri s sa se sam si smo ste su sve svi što ta taj te ti to
        u uz vam već vi za zašto će
        """,
    "hu": """
        a abban ahhoz aki akik ami amely amelyek az azok azt be csak de e egy egyik el ez ezek ezt és ha hogy
        hogyan hol hova hová is itt ki kell kik le lehet lesz van vannak már meg mely melyik mert mi miért
        mikor milyen mit mind mint ne nem nincs ott ő ők pedig s sem ti úgy vagy volt voltak
        """,
    "mt": """
        b bħal bil bl bla dak dan dawk dawn dik din dwar f fejn fi fil fl fuq għal għalhekk għall għand għandu
        għandhom għax hawn hemm hi hija hu huma huwa iċ id iġ ikun il imma in ir is it ix iż jekk jew jien
        jista kemm kien kienet kif kull l lejn li lil ma maċ mad mal man mar mas mat max meta mhux mill
        mil minn mis mit ta taċ tad tagħha tagħhom tagħna tal tan tar tas tat tax taż u wara
        x xi xiex
        """,
    "nl": """
        aan al als bij dan dat de der deze die dit doen door dus een en er geen had heb hebben heeft
        hem het hij hoe hun ik in is je jullie kan kunnen maar me meer met mij mijn moet na naar niet nog
        nu of om omdat ons onze ook op over te tegen toch tot u uit uw van voor waar waarom wanneer want
        waren was wat we welk welke werd wie wij wil worden wordt zal ze zich zij zijn zo zou
        """,
    "ro": """
        a acea aceasta această aceste acest ai al ale am ar are as au ca că care când cât ce cea cei cel cele
        cine cu cum da dar de deci din după e ei el ele era este eu fi fie fost iar în între își la le li
        lor lui mai mea mi ne nici noi nu o ori pe pentru prin sa să sale sau se si și sunt te tu un una
        unde unei unor unui va vă voi vor
        """,
    "sk": """
        a aby aj ak ako aká aké aký ale alebo ani áno asi až bez bol bola bolo boli bude by čo či do
        ho i ich im je jeho jej k kam kde keď ktorá ktoré ktorí ktorý ku kto má majú máme medzi mi mne môj
        my na nad nám nás ne nie o od on ona oni po pod podľa pre prečo pri s sa si so sú svoj ta tak
        tam táto tento tie to toto tu ty u už v vám vo však z za zo že
        """,
    "sl": """
        a ali bi bil bila bili bilo biti bo bodo brez da do ga g in iz ja jaz je jih jim jo k kadar kaj kako
        kakšen kam kateri katera katere kdaj kdo ker ki kje ko kot lahko le ma me med mi mu na nad naj ne
        ni nas nam o ob od on ona oni pa po pod pred pri s sem se si smo so sta ste svoj ta tako te ti to
        tudi u v vam vas vi za zakaj z že
        """,
    "sv": """
        alla att av bara blev blir de dem den denna deras dess det detta dig din du där då efter ej eller en
        er ett från får för ha han har hade hon honom hur här i icke in inte jag kan med mellan men mig
        min mot ni nu när någon några och om oss på sedan sig sin sitt ska skall som så till under upp ut
        vad var varför varje vara vem vi vid vilka vilken vilket vår åt är över
        """,
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

    >>> "uber" in stop_words("de"), "betrieb" in stop_words("de"), len(stop_words("xx"))
    (True, False, 0)
    """
    return frozenset(map(fold, STOP_WORDS.get(language, "").split()))


def telling(typed: list[str], language: str) -> list[str]:
    """The words without those that say too little; all of them if there are no others.

    >>> telling(["how", "are", "the", "companies"], "en"), telling(["to", "be"], "en")
    (['companies'], ['to', 'be'])
    """
    stops = stop_words(language)
    return [word for word in typed if fold(word) not in stops and is_word(word)] or typed


def is_word(word: str) -> bool:
    """A single letter is none, as in `l'azienda`; a single digit is."""
    return len(word) > 1 or word.isdigit()
