"""What calendars write as a place, as name, street and town."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events import reading

PLACES = [
    # Meetup, then and now
    ("Storstua (15 E Example Dr. #103A, Lilleby, AZ 85281)", "Storstua", "15 E Example Dr. #103A", "Lilleby"),
    ("Kafé Ærlig, Beispielgasse 1, 97080 Lilleby, Germany", "Kafé Ærlig", "Beispielgasse 1", "Lilleby"),
    # Apple and Google
    ("Storstua\nBygata 6, 0181 Storby, Norge", "Storstua", "Bygata 6", "Storby"),
    ("Storstua, Bygata 6, 0181 Storby, Norway", "Storstua", "Bygata 6", "Storby"),
    ("Storstua, Bygata 6, Storby, Norway", "Storstua", "Bygata 6", "Storby"),
    ("Storstua, Bygata 6, 0181, Storby", "Storstua", "Bygata 6", "Storby"),
    ("Storstua\nStorstua, Bygata 6, 0181 Storby", "Storstua", "Bygata 6", "Storby"),
    ("Stadshuset, Storgatan 1, 111 52 Storstad, Sverige", "Stadshuset", "Storgatan 1", "Storstad"),
    ("Stadshuset, Storgatan 1, S-111 52 Storstad", "Stadshuset", "Storgatan 1", "Storstad"),
    ("De Zaal, Dorpsstraat 1, 1012 AB Kleinstad, Netherlands", "De Zaal", "Dorpsstraat 1", "Kleinstad"),
    ("Room 2, 10 Example Street, Smalltown SW1A 2AA, UK", "Room 2", "10 Example Street", "Smalltown"),
    ("Bygata 6, 0181 Storby, Norge", "Bygata 6", "", "Storby"),
    ("Biblioteket, Storgata 1, 9008 Storby, Fylket, Norge", "Biblioteket", "Storgata 1", "Storby"),
    ("The House, 1600 Example Avenue, Bigtown, DC 20500, USA", "The House", "1600 Example Avenue", "Bigtown"),
    ("La Maison, 12 Rue Exemple, Grandville, QC H2X 1Y4, Canada", "La Maison", "12 Rue Exemple", "Grandville"),
    ("The Pub, 1234 High Road, Bigtown", "The Pub", "1234 High Road", "Bigtown"),
    ("Ráðhúsið, Aðalgata 1, 101 Stórbær, Ísland", "Ráðhúsið", "Aðalgata 1", "Stórbær"),
    ("The Pub, 221 Example Street, Bigtown", "The Pub", "221 Example Street", "Bigtown"),
    # Gancio
    ("Bahnhof @ Examplestr. 5", "Bahnhof", "Examplestr. 5", ""),
    ("Kafé Ærlig - Storgata 5, 0155 Storby", "Kafé Ærlig", "Storgata 5", "Storby"),
    ("Kafé Ærlig - den gamle", "Kafé Ærlig - den gamle", "", ""),
    # Outlook
    ("Microsoft Teams Meeting; Rom 5", "Rom 5", "", ""),
    ("Microsoft Teams-møte; Storstua, Bygata 6, Storby", "Storstua", "Bygata 6", "Storby"),
    # As people write
    ("Storstua", "Storstua", "", ""),
    ("Storstua, Storby", "Storstua", "", "Storby"),
    ("Slottsparken, vi ses ved porten", "Slottsparken", "vi ses ved porten", ""),
    ("0181 Storby", "Storby", "", ""),
    ("Storstua (inngang fra bakgården)", "Storstua (inngang fra bakgården)", "", ""),
]


@pytest.mark.parametrize(("text", "name", "address", "city"), PLACES)
def test_a_place_has_a_name_a_street_and_a_town(text, name, address, city):
    assert reading.place_of(text) == (name, address, city, "")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Online event",
            "Online",
            "Zoom",
            "Zoom Meeting",
            "Microsoft Teams Meeting",
            "Microsoft Teams-møte",
            "Teams-möte",
        ),
        *(
            "Google Meet",
            "Digitalt",
            "På nett",
            "Via Teams",
            "Skype-möte",
            "Webinar",
            "",
            " , ",
            "Microsoft Teams; Online",
            *(
                "Online - Zoom",
                "Online event (link visible for attendees)",
                "Zoom (lenke kommer)",
                "Nettmøte",
                "Online only",
            ),
            "Microsoft Teams-møte, lenke i invitasjonen",
        ),
    ],
)
def test_a_meeting_on_a_screen_has_no_venue(text):
    assert reading.place_of(text) == ("", "", "", "")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("https://example.org/j/1", ""),
        ("Zoom: https://example.org/j/1", ""),
        ("Storstua https://example.org/j/1", "Storstua"),
    ],
)
def test_an_address_is_that_of_the_meeting(text, name):
    place = reading.place_of(text)
    assert (place.name, place.online_url) == (name, "https://example.org/j/1")


@pytest.mark.parametrize("name", ["Zoom Café", "Teamhuset", "Onlinegården", "Digitalt museum for alle"])
def test_a_house_may_be_called_nearly_so(name):
    assert reading.place_of(name).name == name


@given(
    st.text(max_size=300)
    | st.lists(st.sampled_from(["Zoom", ", ", "; ", " (", ")", "0181 ", "Storby", "\n", " @ ", " - ", "6"])).map(
        "".join
    )
)
def test_any_place_fits_into_a_venue(text):
    place = reading.place_of(text)
    assert (len(place.name) <= 200, len(place.address) <= 200, len(place.city) <= 80) == (True, True, True)
    assert "\n" not in place.line


@pytest.mark.parametrize("text", ["Needs a location", "No venue yet", "Link visible for attendees", "geo:59.9,10.7"])
def test_what_stands_for_a_place_that_is_not_known_is_none(text):
    assert reading.place_of(text).name == ""


def test_a_county_is_no_town():
    place = reading.place_of("Kulturhuset, Storgata 1, Oslo, Oslo fylke, Norge")
    assert (place.name, place.address, place.city) == ("Kulturhuset", "Storgata 1", "Oslo")
