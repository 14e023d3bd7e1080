"""Three men called Mohammed Khan, two of them born, as the form has it, on 1 January 1979."""

from __future__ import annotations

from watchward.demo.play import Beats
from watchward.demo.stage import Stage
from watchward.demo.telling import Answers, Ends, Told, goes

# fmt: off

HANLEY = "07700 900461"
BURTON = "07700 900462"


def tell(s: Stage) -> Beats:
    """Tell of a fraud in Hanley and a collision in Burton, and of who is who."""
    yield "2019-06-12 13:20"
    home = s.place("28 Gristhorn Street", locality="Hanley", postcode="ST1 5JX", by="odell")
    hanley = s.person("Mohammed", "Khan", born="1979-01-01", sex="M", lives=home, since="2009-05-01", number=HANLEY,
                      by="odell")
    cousin_home = s.place("30 Gristhorn Street", locality="Hanley", postcode="ST1 5JX", by="odell")
    cousin = s.person("Mohammed Imran", "Khan", born="1981-01-01", sex="M", lives=cousin_home, by="odell")
    s.relate(cousin, "other", hanley, by="odell")
    call = s.call("odell", "101", number=HANLEY, rang=140, caller="Mohammed Khan", place="28 Gristhorn Street, Hanley",
                  what="fraud", known=hanley, thrive="E+Has told his bank", identified="nnn", advice=["bank"],
                  said=["Paid for a van that is not there"])
    fraud = s.opens("odell", call)
    s.ends("odell", call)
    yield "2019-06-12 14:30"
    s.close(fraud, "Referred to Action Fraud, he has its number", by="okafor", nobody="Resolved by telephone with him")

    yield "2019-06-20 08:05"
    away = s.place("9 Maltster Drive", town="Burton-on-Trent", locality="Burton", postcode="DE14 2ET", by="mazur")
    burton = s.person("Mohammad", "Khan", born="1979-01-01", sex="M", lives=away, since="2015-09-01", number=BURTON,
                      by="mazur")
    call = s.call("mazur", "101", number=BURTON, rang=26, caller="Mohammad Khan", place="9 Maltster Drive, Burton",
                  what="collision", known=burton, thrive="H-Nobody hurt", identified="nnn", advice=["off-road"],
                  said=["A van drove into his car outside the house"])
    bump = s.opens("mazur", call)
    s.ends("mazur", call)
    yield from goes(s, bump, "EE03", "gilroy", "2019-06-20 09:00", "2019-06-20 09:20", "2019-06-20 09:50",
                    "Details exchanged, road clear")
    yield "2019-06-20 10:00"
    s.close(bump, "Damage only, details exchanged", by="wolfe")
    yield "2019-06-20 10:15"
    s.not_same(hanley, burton, "1 January stands for a birthday not known. Two passports seen", by="mazur")
    s.not_same(hanley, cousin, "Cousins next door to each other", by="odell")


TOLD = Told(
    "A common name and a date of birth of 1 January",
    tell,
    Answers(
        calls=2,
        incidents=2,
        duties={
            "contact.identify": Ends(met=2),
            "contact.complete": Ends(met=2),
            "incidents.assess": Ends(met=2),
            "incidents.agree-time": Ends(released=2),
            "incidents.attend": Ends(met=1, released=1),  # to the fraud nobody went, and it says why
        },
        contacts={HANLEY: 1, BURTON: 1},
        not_same=2,
    ),
)
