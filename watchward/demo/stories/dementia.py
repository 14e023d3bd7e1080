"""Winifred Hackney, 84: she forgets that she has rung, and gives the name she had as a girl."""

from __future__ import annotations

from watchward.demo.play import Beats
from watchward.demo.stage import Stage
from watchward.demo.telling import Answers, Ends, Told, goes

# fmt: off

HERS = "01632 960121"
HOME = "3 Ashgarth Place, Burslem"


def tell(s: Stage) -> Beats:
    """Tell it from her first call of the year to the last night of June."""
    yield "2019-04-16 20:05"
    home = s.place("3 Ashgarth Place", locality="Burslem", postcode="ST6 2HZ", by="whitlow")
    winifred = s.person("Winifred", "Hackney", born="1934-12-11", sex="F", lives=home, since="1971-09-01", number=HERS,
                        by="whitlow")
    daughter = s.person("Carol", "Deakin", born="1962-03-25", sex="F", number="07700 900421", by="whitlow")
    s.relate(daughter, "carer", winifred, by="whitlow")
    s.relate(winifred, "parent", daughter, by="whitlow")
    first = s.call("whitlow", "999", number=HERS, caller="Mrs Hackney", place=HOME, what="suspicious", known=winifred,
                   thrive="V!84 and alone", identified="nnn", said=["A man stands in her garden"])
    garden = s.opens("whitlow", first)
    s.ends("whitlow", first)
    yield from goes(s, garden, "SA03", "birks", "2019-04-16 20:12", "2019-04-16 20:30", "2019-04-16 21:05",
                    "Nobody there. She offered tea twice and asked who we were")
    yield "2019-04-16 21:30"
    s.close(garden, "Nobody in the garden. Neighbourhood team told", by="lowe")
    yield "2019-04-18 14:00"
    s.mark(winifred, "dementia", "Forgets that she has rung. Her daughter Carol has a key", by="rasool",
           grounds="Diagnosis told by her daughter on a visit", review="2019-10-18", approved_by="marlow")

    for at, by, words in (
        ("2019-06-03 02:40", "odell", "Asks when her husband comes home from the pit"),
        ("2019-06-11 21:15", "mazur", "Somebody has moved her purse"),
    ):
        yield at
        call = s.call(by, "999", number=HERS, caller="Winnie Hackney", place=HOME, what="advice", known=winifred,
                      thrive="V!Dementia; E+Her daughter is told", identified="nnn", said=[words])
        s.ends(by, call)

    yield "2019-06-17 01:20"
    call = s.call("tranter", "999", number="01632 960122", caller="Winifred Salter", place="Ashgarth Place, Burslem",
                  what="concern", thrive="V!Sounds very old and cold", identified="nn?", advice=["stay-with"],
                  said=["Rings from a telephone box: she cannot find her street"])
    salter = s.names_caller("tranter", call)
    street = s.opens("tranter", call)
    s.ends("tranter", call)
    yield from goes(s, street, "SA03", "birks", "2019-06-17 01:24", "2019-06-17 01:49", "2019-06-17 02:50",
                    "In her nightdress by the church. Taken home, daughter came", sender="pemble")
    yield "2019-06-17 03:10"
    s.locate(street, home, "By the church in Ashgarth Place, Burslem", by="pemble")
    s.close(street, "Home and warm. Referral to adult social care asked for", by="pemble")
    yield "2019-06-17 08:15"
    s.same(winifred, salter, "Salter is the name she had as a girl, says her daughter", by="tranter")

    yield "2019-06-24 19:02"
    call = s.call("bhatt", "999", number=HERS, caller="Winifred Hackney", place=HOME, what="advice", known=winifred,
                  thrive="V!Dementia", identified="nnn", said=["Asks who is prime minister, and laughs"])
    s.ends("bhatt", call)
    yield "2019-06-29 23:48"
    call = s.call("colclough", "999", number=HERS, caller="Mrs Hackney", place=HOME, what="concern", known=winifred,
                  part="victim", thrive="V!Dementia; H+Has fallen", identified="nnn", advice=["stay-with"],
                  said=["Has fallen by the bed and cannot reach the light"])
    fallen = s.opens("colclough", call)
    s.ends("colclough", call)
    yield from goes(s, fallen, "SA03", "birks", "2019-06-29 23:53", "2019-06-30 00:11", "2019-06-30 01:20",
                    "Ambulance there too. Not hurt, put to bed", sender="pemble")
    yield "2019-06-30 05:40"
    s.close(fallen, "Not hurt. Her daughter sleeps there now", by="pemble")


TOLD = Told(
    "Elderly woman with dementia who rings often",
    tell,
    Answers(
        calls=6,
        incidents=3,
        duties={
            "contact.identify": Ends(met=6),
            "contact.complete": Ends(met=6),
            "incidents.assess": Ends(met=3),
            "incidents.attend": Ends(met=3),
            "people.marker-approval": Ends(met=1),
            "people.marker-review": Ends(open=1),
        },
        contacts={HERS: 5},
        same=1,
    ),
)
