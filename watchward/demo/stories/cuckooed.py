"""Flat 2, Slipwheel House: its tenant has guests he cannot send away, and one of them is sixteen."""

from __future__ import annotations

from watchward.demo.play import Beats
from watchward.demo.stage import Stage
from watchward.demo.telling import Answers, Ends, Told, goes
from watchward.domains.incidents.vocabulary import Sign

# fmt: off

NEIGHBOUR = "07700 900496"
FLAT = "Flat 2, Slipwheel House, Tunstall"


def tell(s: Stage) -> Beats:
    """Tell it from the first odd visitors to the bat on the stairs this morning."""
    yield "2019-06-12 18:20"
    flat = s.place("Flat 2, Slipwheel House", locality="Tunstall", postcode="ST6 6DU", by="colclough")
    above = s.place("Flat 5, Slipwheel House", locality="Tunstall", postcode="ST6 6DU", by="colclough")
    keith = s.person("Keith", "Rigby-Lowe", born="1967-12-24", sex="M", lives=flat, since="2011-04-01", by="colclough")
    doreen = s.person("Doreen", "Machell", born="1948-05-05", sex="F", lives=above, number=NEIGHBOUR, by="colclough")
    call = s.call("colclough", "101", number=NEIGHBOUR, rang=77, caller="Doreen Machell", place=FLAT,
                  what="suspicious", known=doreen, part="witness", thrive="V!He cannot say no to people",
                  identified="nn?", said=["Young men come and go at all hours, Keith never goes out now"])
    s.involves("colclough", call, keith, "concern is for")
    odd = s.opens("colclough", call)
    s.ends("colclough", call)
    yield from goes(s, odd, "SA03", "birks", "2019-06-12 18:50", "2019-06-12 19:15", "2019-06-12 20:05",
                    "He says that they are friends. Scales on the table")
    yield "2019-06-13 09:00"
    s.close(odd, "Neighbourhood team visits, adult social care told", by="lowe")
    s.mark_place(flat, "vulnerable-occupant", "Tenant cannot send his guests away", review="2019-09-13",
                 grounds="Scales and strangers seen on 12 June", by="marlow", approved_by="lowe")

    yield "2019-06-27 15:40"
    reece = s.person("Reece", "Malbon", born="2003-03-18", sex="M", by="bhatt", source="School")
    call = s.call("bhatt", "101", number="01632 960176", rang=35, caller="Mrs Adair, school", place=FLAT,
                  what="child", part="for another", thrive="T+Older men; V!16 and out of school", identified="nnn",
                  said=["A pupil of 16 has told a friend that he lives at this flat now"])
    s.involves("bhatt", call, reece, "concern is for")
    child = s.opens("bhatt", call)
    s.ends("bhatt", call)
    yield from goes(s, child, "SA03", "birks", "2019-06-27 15:58", "2019-06-27 16:20", "2019-06-27 17:45",
                    "Reece there with two phones. Taken home. Keith will not speak")
    yield "2019-06-27 18:00"
    s.close(child, "Child concern to the hub", by="lowe")
    s.mark(reece, "child at risk", "Feared to sell drugs for others", grounds="Found at the flat with two phones",
           review="2019-09-27", by="lowe", approved_by="marlow")

    yield "2019-07-01 07:33:10"
    call = s.call("whitlow", "999", number=NEIGHBOUR, rang=4, caller="Doreen Machell", place=FLAT, what="violence-now",
                  known=doreen, part="witness", signs=[Sign.WEAPON], thrive="T!A bat; H+Keith has been hit",
                  identified="nnn", advice=["line-open"], said=["A man with a bat on the stairs, Keith shouts out"])
    s.involves("whitlow", call, keith, "victim")
    bat = s.opens("whitlow", call)
    s.ends("whitlow", call)
    yield "2019-07-01 07:36"
    going = s.send(bat, "SA03", by="rowlands")
    yield "2019-07-01 07:37"
    s.on_the_way(going, by="birks")


TOLD = Told(
    "A tenant whose home was taken over, and a boy of sixteen",
    tell,
    Answers(
        calls=3,
        incidents=3,
        live=1,
        duties={
            "contact.identify": Ends(met=3),
            "contact.complete": Ends(met=3),
            "incidents.assess": Ends(met=3),
            "incidents.attend": Ends(met=2, open=1),
            "people.marker-approval": Ends(met=1),
            "people.marker-review": Ends(open=1),
            "places.marker-approval": Ends(met=1),
            "places.marker-review": Ends(open=1),
        },
    ),
)
