"""Nadeem Sarwar's shop: what is painted, shouted and thrown there is one thing, and not three."""

from __future__ import annotations

from watchward.demo.play import Beats
from watchward.demo.stage import Stage
from watchward.demo.telling import Answers, Ends, Told, goes
from watchward.domains.incidents.vocabulary import Sign

# fmt: off

HIS = "01632 960131"
SHOP = "2 Withermarsh Road, Hanley"


def tell(s: Stage) -> Beats:
    """Tell it from the paint on the shutter to the broken window."""
    yield "2019-05-30 07:10"
    shop = s.place("2 Withermarsh Road", locality="Hanley", postcode="ST1 3SP", by="odell")
    nadeem = s.person("Nadeem", "Sarwar", born="1976-05-14", sex="M", number=HIS, by="odell")
    paint = s.call("odell", "101", number=HIS, rang=95, caller="Nadeem Sarwar", place=SHOP, what="damage",
                   known=nadeem, thrive="I+Camera above the shutter", identified="nnn",
                   said=["Paint on the shutter, words against Muslims"])
    painted = s.opens("odell", paint)
    s.ends("odell", paint)
    yield from goes(s, painted, "SA05", "zaman", "2019-05-30 09:10", "2019-05-30 09:32", "2019-05-30 10:05",
                    "Photographs taken, council washes it off today")
    yield "2019-05-30 16:00"
    s.close(painted, "Crime recorded. Nobody named", by="lowe")

    yield "2019-06-14 20:40"
    shout = s.call("mazur", "999", number=HIS, caller="Mr Sarwar", place=SHOP, what="asb-personal", known=nadeem,
                   signs=[Sign.HATE, Sign.HAPPENING_NOW], thrive="T+Five youths at the door; V+His wife serves alone",
                   identified="ynn", said=["Five youths shout the words that were on the shutter"])
    shouted = s.opens("mazur", shout)
    s.ends("mazur", shout)
    yield from goes(s, shouted, "SA02", "dhillon", "2019-06-14 20:46", "2019-06-14 21:09", "2019-06-14 21:40",
                    "Gone on arrival. Two named by a customer")
    yield "2019-06-15 08:00"
    s.close(shouted, "Hate crime recorded, neighbourhood team visits", by="lowe")
    s.mark(nadeem, "hate crime victim", "Targeted at his shop for his faith", grounds="Three reports since 30 May",
           review="2019-12-15", by="marlow", approved_by="lowe")
    s.mark_place(shop, "treat-as-urgent", "Treat calls as urgent: the shop is targeted for hate",
                 grounds="Paint on 30 May, threats on 14 June", review="2019-09-14", by="marlow",
                 approved_by="lowe")

    yield "2019-06-26 23:05"
    smash = s.call("whitlow", "999", number="07700 900433", caller="Nadim Sarwar", place=SHOP, what="damage",
                   known=nadeem, part="victim", signs=[Sign.HATE, Sign.JUST_HAPPENED, Sign.EVIDENCE_FADES],
                   thrive="T+They ran to the bus station; I!The brick lies inside", identified="ynn", advice=["touch"],
                   said=["A brick through the window, two of the same youths"])
    smashed = s.opens("whitlow", smash)
    s.ends("whitlow", smash)
    yield from goes(s, smashed, "SA05", "plant", "2019-06-26 23:11", "2019-06-26 23:34", "2019-06-27 00:30",
                    "One detained at the bus station, brick seized", sender="rowlands")
    yield "2019-06-27 06:15"
    s.close(smashed, "Hate crime recorded, one arrested", by="rowlands")


TOLD = Told(
    "Hate at a shop",
    tell,
    Answers(
        calls=3,
        incidents=3,
        duties={
            "contact.identify": Ends(met=3),
            "contact.complete": Ends(met=3),
            "incidents.assess": Ends(met=3),
            "incidents.agree-time": Ends(released=1),
            "incidents.attend": Ends(met=3),
            "people.marker-approval": Ends(met=1),
            "people.marker-review": Ends(open=1),
            "places.marker-approval": Ends(met=1),
            "places.marker-review": Ends(open=1),
        },
        contacts={HIS: 2},  # that of 30 May lies 32 days back
    ),
)
