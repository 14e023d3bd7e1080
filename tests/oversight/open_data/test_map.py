"""The map of published crime: every area in its table, every row in its sum, what cannot be judged marked."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.domains.signed_in import signed_in
from tests.factories import machinery
from tests.oversight.open_data import files
from tests.oversight.open_data.files import anti_social, area, area_file, areas, load, row, street_file

pytestmark = pytest.mark.django_db

MAP = "/oversight/crime-map/"
HERE, THERE, FAR = "E01029368", "E01029369", "E01014210"
VIOLENCE = "crime=Violence+and+sexual+offences"


@pytest.fixture
def published() -> None:
    """The county's real areas and three real months."""
    acting = machinery()
    areas(acting, files.LSOAS)
    for path in files.MONTHS:
        load(acting, path)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Two areas of Cannock Chase beside each other, and one of Stoke."""
    features = [area(HERE), area(THERE, west=-1.99), area(FAR, west=-2.2, south=53.0, district="E06000021")]
    areas(machinery(), area_file(tmp_path, features))
    return tmp_path


def get(client: Client, address: str = MAP) -> str:
    """Return the words of a page, without its marks."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.content[:500]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.mark.report("OUT-11", by="oversight.open_data.queries.cells")
@pytest.mark.usefixtures("published")
def test_the_real_county_as_it_was_published(settings: Any) -> None:
    """Violence in Cannock Chase: 621 in 60 areas, eight of them with 29 in a hundred, and every one of 8,693 rows."""
    client, _who = signed_in(settings, "call-handler")
    page = get(client, f"{MAP}?{VIOLENCE}&district=E07000192")
    assert "Violence and sexual offences in Cannock Chase" in page
    assert "621 in 3 months. 8 of 60 areas have 29 % of them." in page
    assert "8,693 rows read, October to December 2018" in page
    for part in ("621 on this map, 60 areas", "7,118 in the other 8 districts", "947 with no area",
                 "7 outside the force"):  # fmt: skip
        assert part in page
    assert "adds up" in page
    assert "Cannock Chase 012B 49 18 9 22 67 %" in page
    assert "48 other areas 375 142 124 109 76 %" in page
    assert "All 621 251 192 178 72 %" in page
    for words in ("data.police.uk", "Office for National Statistics", "Contains OS data", "not rates"):
        assert words in page
    whole = get(client)
    assert "29,326 rows read" in whole
    assert "25,989 on this map, 687 areas" in whole
    assert "1 row bears the Crime ID of another row of these months" in whole
    drawn = client.get(MAP).content.decode()
    assert drawn.count("data-code=") == 687
    assert len(drawn) < 260_000


@pytest.mark.usefixtures("published")
def test_weighed_by_harm_says_what_is_approximate(settings: Any) -> None:
    """The order follows the weights, the weights are shown, and so is what they cannot tell."""
    client, _who = signed_in(settings, "auditor")
    page = get(client, f"{MAP}?by=harm")
    assert "weighted by harm" in page
    assert "Harm is approximate: published rows have no offence code." in page
    assert "Home Office data" in page
    assert re.search(r"Robbery \d[\d,.]+", page)
    rows = list(csv.DictReader(io.StringIO(client.get(f"{MAP}areas.csv?by=harm").content.decode())))
    harm = [float(one["Harm, days of sentence, approximate"]) for one in rows[:687]]
    assert harm == sorted(harm, reverse=True)
    assert harm[0] > 0


@pytest.mark.usefixtures("published")
def test_the_file_has_every_area_and_every_row(settings: Any) -> None:
    """687 areas, then the rows that have none of them, and they add up to all that was read."""
    client, _who = signed_in(settings, "sergeant")
    answer = client.get(f"{MAP}areas.csv")
    assert answer["Content-Disposition"] == 'attachment; filename="published-crime-2018-10-2018-12.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert len([one for one in rows if one["Area code"]]) == 687
    assert sum(int(one["Rows"] or 0) for one in rows) == 29_326
    every = client.get(f"{MAP}?all=yes").content.decode().partition("h-editions")[0]
    assert every.count('<tr><th scope="row">') == 688
    assert "other areas" not in every


def test_a_month_that_is_not_finished_is_marked(small: Path, settings: Any) -> None:
    """More than fifteen in a hundred still open: the month says so, in its heading and in words."""
    load(machinery(), street_file(small, [row(n, month="2018-11") for n in range(10)], "nov.csv"))
    rows = [row(n, outcome="Under investigation" if n < 30 else "Local resolution") for n in range(20, 60)]
    load(machinery(), street_file(small, rows))
    client, _who = signed_in(settings, "call-handler")
    page = get(client)
    assert "Dec 2018, not settled" in page
    assert "December 2018 is not settled: 25 % of its crimes are still open, so its shares will change." in page
    assert "Nov 2018, not settled" not in page
    assert "not settled" not in get(client, f"{MAP}?from=2018-11&to=2018-11")


def test_few_are_one_class_and_no_share_is_worked_out_of_few(small: Path, settings: Any) -> None:
    """Four crimes are drawn like none, in words too, and have no percentage; five are told."""
    rows = [row(n, lsoa=HERE) for n in range(4)] + [row(n, lsoa=THERE) for n in range(10, 15)]
    load(machinery(), street_file(small, rows))
    client, _who = signed_in(settings, "call-handler")
    text = client.get(f"{MAP}?district=E07000192").content.decode()
    assert re.search(rf'class="m0" data-code="{HERE}"[^>]*><title>[^<]*: fewer than 5<', text)
    assert re.search(rf'class="m1 top" data-code="{THERE}"[^>]*><title>[^<]*: 5<', text)
    page = get(client, f"{MAP}?district=E07000192")
    assert "1 Area 369 5 5 100 %" in page
    assert "Area 368 4 4 –" in page


def test_anti_social_behaviour_has_no_outcome(small: Path, settings: Any) -> None:
    """It counts as a row and never in a share."""
    rows = [anti_social(lsoa=HERE) for _ in range(6)] + [row(n, lsoa=HERE) for n in range(5)]
    load(machinery(), street_file(small, rows))
    client, _who = signed_in(settings, "call-handler")
    assert "1 Area 368 11 11 100 %" in get(client)
    assert "1 Area 368 6 6 –" in get(client, f"{MAP}?crime=Anti-social+behaviour")


@pytest.mark.parametrize("query", ["crime=Witchcraft", "from=never&to=2018-99", "district=E99", "by=<b>", "all=%00"])
def test_an_address_that_makes_no_sense_shows_the_whole_map(query: str, small: Path, settings: Any) -> None:
    """Choices that are none fall back to the first; nothing typed comes back unescaped."""
    load(machinery(), street_file(small, [row(1)]))
    client, _who = signed_in(settings, "call-handler")
    text = client.get(f"{MAP}?{query}").content.decode()
    assert "All crime and anti-social behaviour in Staffordshire" in text
    assert "<b>" not in text.split("<main")[1].split("<table")[0].replace("<b>Rows in each area", "")


def test_months_the_wrong_way_round_are_turned(small: Path, settings: Any) -> None:
    """From December to October means October to December."""
    load(machinery(), street_file(small, [row(1, month="2018-10")], "oct.csv"))
    load(machinery(), street_file(small, [row(2)]))
    client, _who = signed_in(settings, "call-handler")
    assert "2 rows read, October to December 2018" in get(client, f"{MAP}?from=2018-12&to=2018-10")
    assert "1 row read, October 2018" in get(client, f"{MAP}?from=2018-10&to=2018-10")


def test_a_month_loaded_later_is_there_at_once(small: Path, settings: Any) -> None:
    """What was counted before a file was loaded is not shown after it."""
    load(machinery(), street_file(small, [row(1)]))
    client, _who = signed_in(settings, "call-handler")
    assert "1 row read, December 2018" in get(client)
    load(machinery(), street_file(small, [row(1, month="2018-11"), row(2, month="2018-11")], "nov.csv"))
    page = get(client)
    assert "3 rows read, November to December 2018" in page
    assert "1 row bears the Crime ID" in page


def test_before_anything_is_loaded(settings: Any) -> None:
    """The page says what is missing and who loads it."""
    client, _who = signed_in(settings, "call-handler")
    page = get(client)
    assert "No areas are loaded. No month of street-level crime is loaded." in page
    assert client.get(f"{MAP}areas.csv").status_code == 200


def test_the_areas_are_not_sent_twice(small: Path, settings: Any) -> None:
    """GeoJSON with nothing but codes and shapes; whoever has it is told that it still holds."""
    client, _who = signed_in(settings, "call-handler")
    answer = client.get(f"{MAP}areas.json")
    assert {one["properties"]["code"] for one in json.loads(answer.content)["features"]} == {HERE, THERE, FAR}
    zipped = client.get(f"{MAP}areas.json", headers={"Accept-Encoding": "gzip"})
    assert zipped["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.content) == answer.content
    again = client.get(f"{MAP}areas.json", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    areas(machinery(), area_file(small, [area("E01000009", west=-1.9)], "more.geojson"))
    assert client.get(f"{MAP}areas.json", headers={"If-None-Match": answer["ETag"]}).status_code == 200


def test_the_policy_of_the_page_is_no_wider_for_the_map(settings: Any) -> None:
    """A worker from our own host is all that the moving map takes: no eval, no inline, no blob, no other host."""
    client, _who = signed_in(settings, "call-handler")
    policy = client.get(MAP)["Content-Security-Policy"]
    rules = dict(one.strip().split(" ", 1) for one in policy.split(";"))
    assert rules["worker-src"] == "'self'"
    assert rules["script-src"] == rules["connect-src"] == rules["style-src"] == "'self'"
    assert "unsafe" not in policy
    assert "blob:" not in policy


def test_who_is_not_signed_in_sees_no_map() -> None:
    """It is a page of the force: outside it leads to the sign-in."""
    for path in (MAP, f"{MAP}areas.csv", f"{MAP}areas.json"):
        answer = Client().get(path)
        assert (answer.status_code, answer["Location"]) == (302, "/sign-in")


def test_each_month_says_which_edition_is_counted_and_what_changed(small: Path, settings: Any) -> None:
    """A month that was loaded again has its edition, when it was loaded and the counts against the one before."""
    november = [row(n, month="2018-11") for n in range(4)]
    first = [row(1), row(2, outcome="Under investigation"), row(3), anti_social()]
    load(machinery(), street_file(small, november, "nov.csv"))
    load(machinery(), street_file(small, first, "dec.csv"))
    client, _who = signed_in(settings, "auditor")
    assert "edition 2" not in get(client)  # what was drawn before the later file is not what is shown after it
    load(machinery(), street_file(small, [row(1), row(2), row(7), row(8), anti_social()], "later.csv"))
    page = get(client)
    loaded = "Mon 1 Jul 2019, 07:45"
    assert f"November 2018 1 {loaded} 4 the first one" in page
    assert f"December 2018 2 {loaded} 5 2 1 2 1" in page
    assert "Dec 2018, edition 2" in page
    assert "Nov 2018, edition" not in page
    lines = client.get(f"{MAP}areas.csv").content.decode().splitlines()
    assert f'"December 2018: edition 2, loaded {loaded}, 5 rows: 2 the same, 1 changed, 2 added, 1 gone"' in lines[-2]
    assert "November 2018: edition 1" in lines[-3]
    assert "December" not in get(client, f"{MAP}?from=2018-11&to=2018-11").partition("Which edition")[2]
