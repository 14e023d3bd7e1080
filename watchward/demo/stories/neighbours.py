"""The Stanways and the Everills: each rings about the other's noise, and the record of it suffers."""

from __future__ import annotations

from watchward.demo.play import Beats
from watchward.demo.stage import Stage
from watchward.demo.telling import Answers, Ends, Told, goes

# fmt: off

PAULINE = "01632 960161"
CHLOE = "07700 900491"
HERS = "22 Oxbarrow Road, Longton"
THEIRS = "24 Oxbarrow Road, Longton"


def tell(s: Stage) -> Beats:
    """Tell it call by counter-call."""
    yield "2019-06-02 22:30"
    one = s.place("22 Oxbarrow Road", locality="Longton", postcode="ST3 4LH", by="whitlow")
    other = s.place("24 Oxbarrow Road", locality="Longton", postcode="ST3 4LH", by="whitlow")
    pauline = s.person("Pauline", "Stanway", born="1951-07-04", sex="F", lives=one, since="1978-01-01", number=PAULINE,
                       by="whitlow")
    chloe = s.person("Chloe", "Everill", born="1995-12-01", sex="F", lives=other, since="2019-02-01", number=CHLOE,
                     by="whitlow")
    first = s.call("whitlow", "101", number=PAULINE, rang=210, caller="Pauline Stanway", place=HERS,
                   what="asb-nuisance", known=pauline, thrive=None, identified="nnn", said=["Drums next door"])
    s.ends("whitlow", first)
    yield "2019-06-02 22:34"
    again = s.call("odell", "101", number=PAULINE, rang=64, caller="Mrs Stanway", place=HERS, what="asb-nuisance",
                   known=pauline, thrive="E+Wants something done", identified="nnn",
                   said=["Drums next door, and laughing"])
    s.ends("odell", again)
    yield "2019-06-03 08:00"
    s.releases("contact.complete", first, "The same noise was taken in full a minute later", by="okafor")

    for at, by, number, who, person, place, words in (
        ("2019-06-05 19:05", "mazur", CHLOE, "Chloe Everill", chloe, THEIRS, "She bangs on the wall with a broom"),
        ("2019-06-15 23:10", "colclough", PAULINE, "P Stanway", pauline, HERS, "A party, forty people"),
        ("2019-06-16 11:00", "bhatt", CHLOE, "Chloe Everill", chloe, THEIRS, "Paint stripper on the car, it was her"),
    ):
        yield at
        call = s.call(by, "101", number=number, rang=180, caller=who, place=place, what="asb-nuisance", known=person,
                      thrive="E+Wants something done", identified="nnn", said=[words])
        s.ends(by, call)

    yield "2019-06-18 10:00"
    call = s.call("tranter", "101", number=PAULINE, rang=160, caller="Pauline Stanway", place=HERS, what="asb-personal",
                  known=pauline, thrive="T+Eggs on the door; V+67 and alone", identified="ynn", advice=["keep"],
                  said=["Eggs on the front door overnight"])
    eggs = s.opens("tranter", call)
    s.ends("tranter", call)
    yield from goes(s, eggs, "SA04", "nowell", "2019-06-19 15:00", "2019-06-19 15:30", "2019-06-19 16:30",
                    "Both seen. Both agree to mediation")
    yield "2019-06-19 17:00"
    s.close(eggs, "Mediation agreed, council housing officer told", by="lowe")

    yield "2019-06-23 21:40"
    s.call("colclough", "101", number=CHLOE, rang=205, caller="Chloe Everill", place=THEIRS, what="asb-nuisance",
           known=chloe, thrive=None, identified="", said=["The broom again"])
    yield "2019-06-30 22:40"
    call = s.call("colclough", "101", number=PAULINE, rang=240, caller="Mrs Stanway", place=HERS, what="asb-nuisance",
                  known=pauline, thrive="E+Says mediation has failed", identified="ynn",
                  said=["Drums until now, mediation has failed"])
    s.opens("colclough", call)
    s.ends("colclough", call)


TOLD = Told(
    "Neighbours who ring about each other",
    tell,
    Answers(
        calls=8,
        incidents=2,
        live=1,
        duties={
            "contact.identify": Ends(met=7, open=1),
            "contact.complete": Ends(met=6, open=1, released=1),
            "incidents.assess": Ends(met=2),
            "incidents.agree-time": Ends(open=1, released=1),
            "incidents.attend": Ends(met=1, open=1),
        },
    ),
)
