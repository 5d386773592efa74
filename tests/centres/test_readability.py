"""What is hard to read, told by real sentences."""

import pytest
import yaml

from centres.readability import Trouble, grade, hard_sentences, sentences, syllables
from tests.harness.machine import ROOT

OFFICIAL = [
    (
        "Palvelun piiriin hakeudutaan lähetteellä tai asiakkaan omatoimisen yhteydenoton perusteella palvelutarpeen "
        "arvioinnin jälkeen."
    ),
    (
        "Monialaisen yhteistyön tavoitteena on varhaisen tuen tarpeen tunnistaminen ja oikea-aikaisten palveluiden "
        "järjestäminen lapsiperheille."
    ),
    (
        "Asiakkuuden edellytyksenä on sosiaalihuoltolain mukainen palvelutarpeen arviointi, joka tehdään viipymättä "
        "yhteydenoton saapumisen jälkeen."
    ),
    (
        "Hakemus tulee toimittaa hyvinvointialueen kirjaamoon kirjallisesti kolmenkymmenen päivän kuluessa päätöksen "
        "tiedoksisaannista."
    ),
]
EVERYDAY = [
    "Neuvola seuraa raskautta ja lapsen kasvua kouluikään asti.",
    "Tule leikkimään, juomaan kahvia ja tapaamaan muita perheitä.",
    "Soita meille, kun arki tuntuu raskaalta.",
    "Perhekeskuksessa saat apua, kun vanhempien ero mietityttää.",
]
TEXTS = ("summary", "description", "intro", "how_to_get", "notice")


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("äiti", 2),
        ("kioski", 3),
        ("perhe", 2),
        ("perhekeskus", 4),
        ("vauva", 2),
        ("työ", 1),
        ("yöllä", 2),
        ("lapsiperheille", 5),
        ("palvelutarpeen", 5),
        ("Hääyö", 2),
        ("rakkaus", 2),
        ("B", 0),
    ],
)
def test_syllables_are_counted_as_in_school(word: str, number: int):
    assert syllables(word) == number


@pytest.mark.parametrize("sentence", OFFICIAL)
@pytest.mark.parametrize("language", ["fi", "fi-simple"])
def test_official_sentences_are_hard(sentence: str, language: str):
    assert [hard.sentence for hard in hard_sentences(sentence, language)] == [sentence]


@pytest.mark.parametrize("sentence", EVERYDAY)
@pytest.mark.parametrize("language", ["fi", "fi-simple"])
def test_everyday_sentences_are_not(sentence: str, language: str):
    assert hard_sentences(sentence, language) == []


def test_plain_finnish_is_stricter():
    sentence = "Neuvola seuraa raskautta, synnytystä ja lapsen kasvua aina siihen asti, kun koulu alkaa."

    assert hard_sentences(sentence, "fi") == []
    (hard,) = hard_sentences(sentence, "fi-simple")
    assert (hard.trouble, len(hard.words)) == (Trouble.LONG_SENTENCE, 13)


def test_long_words_are_named():
    (hard,) = hard_sentences(OFFICIAL[0], "fi")

    assert hard.trouble == Trouble.LONG_WORDS
    assert hard.words == ("omatoimisen", "yhteydenoton", "palvelutarpeen")


def test_the_grade_is_wiios():
    assert grade("Lapsi leikkii.") == 2.7
    assert grade("Palvelutarpeen arviointi alkaa tänään.") == 2.7 + 30 * 1 / 4


def test_other_languages_are_judged_by_the_length_of_the_sentence():
    short = "Rådgivningsbyråernas hälsovårdare samarbetar mångprofessionellt."
    long = " ".join(["word"] * 21)

    assert hard_sentences(short, "sv") == []
    assert [hard.trouble for hard in hard_sentences(long, "en")] == [Trouble.LONG_SENTENCE]


def test_paragraphs_items_and_headings_of_rich_text_end_sentences():
    html = "<h2>Tervetuloa</h2><ul><li><p>yksi</p></li><li><p>toinen</p></li></ul><p>Tule. Soita!<br>Hei</p>"

    assert sentences(html) == ["Tervetuloa", "yksi", "toinen", "Tule.", "Soita!", "Hei"]


def own_texts(language: str) -> list[str]:
    """The texts of the demo content in a language."""
    ends = tuple(f"{name}_{language}" for name in TEXTS)
    rows = [
        row for path in sorted((ROOT / "fixtures").glob("*.yaml")) for row in yaml.safe_load(path.read_text())
    ]
    return [text for row in rows for name, text in row["fields"].items() if name in ends and text]


@pytest.mark.parametrize(("language", "column"), [("fi", "fi"), ("fi-simple", "fi_simple")])
def test_nine_of_ten_of_our_own_texts_are_easy(language: str, column: str):
    texts = own_texts(column)
    hard = [text for text in texts if hard_sentences(text, language)]

    assert len(texts) > 300
    assert len(hard) / len(texts) < 0.1
