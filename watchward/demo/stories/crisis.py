"""Aaron Whieldon, 27: a crisis in the hours of the triage car, one after them, and one this morning."""

from __future__ import annotations

from watchward.demo.play import Beats
from watchward.demo.stage import Stage
from watchward.demo.telling import Answers, Ends, Told, goes

# fmt: off

HIS = "07700 900441"
SISTER = "07700 900442"
HOME = "Flat 9, Marrowell Court, Hanley"


def tell(s: Stage) -> Beats:
    """Tell it from 20 June to the unit on its way."""
    yield "2019-06-20 18:30"
    home = s.place("Flat 9, Marrowell Court", locality="Hanley", postcode="ST1 4NF", by="bhatt")
    aaron = s.person("Aaron", "Whieldon", born="1992-04-19", sex="M", lives=home, since="2017-11-01", number=HIS)
    call = s.call("bhatt", "999", number=HIS, caller="Aaron Whieldon", place=HOME, what="crisis", known=aaron,
                  part="victim", thrive="R+Has tablets; V!Alone, has not slept", identified="nny",
                  advice=["stay-with"], said=["Has not slept for three nights, hears his father"])
    s.asks_nurse("bhatt", call, "Is he known, and who could see him tonight?", nurse="Nurse Imelda Frost",
                 answer="Known since 2017. The triage car can see him within the hour")
    first = s.opens("bhatt", call)
    s.ends("bhatt", call)
    yield from goes(s, first, "SA02", "dhillon", "2019-06-20 18:41", "2019-06-20 19:04", "2019-06-20 20:30",
                    "With the triage nurse. He agreed to see the crisis team")
    yield "2019-06-20 21:00"
    s.close(first, "Crisis team sees him in the morning. Not detained", by="lowe")
    s.mark(aaron, "mental disorder", "Calmer with one officer than with two. Ask about his cat",
           grounds="Told by the triage nurse on 20 June", review="2019-12-20", by="lowe", approved_by="heathcote")
    s.mark_number(HIS, "crisis-plan", "Ask what helped last time. Nurse has his plan",
                  grounds="Told by the triage nurse on 20 June", review="2019-12-20", by="lowe",
                  approved_by="heathcote")

    yield "2019-06-27 03:12"  # the car came in at 02:00
    call = s.call("colclough", "999", number=HIS, caller="A Whieldon", place=HOME, what="crisis", known=aaron,
                  part="victim", thrive="R+Says he will go out on the roof; V!Alone", identified="nny",
                  advice=["stay-with"], said=["He is on the landing and wants somebody to come"])
    s.asks_nurse("colclough", call, "No car is out. What is safest?", nurse="Nurse Imelda Frost",
                 answer="Keep him talking, one officer, the ward has a bed")
    second = s.opens("colclough", call)
    s.ends("colclough", call)
    yield from goes(s, second, "SA02", "adeleke", "2019-06-27 03:17", "2019-06-27 03:36", "2019-06-27 06:50",
                    "Went to the ward with us of his own will. Three hours there", sender="pemble")
    yield "2019-06-27 07:00"
    s.close(second, "On the ward of his own will", by="pemble")

    yield "2019-07-01 06:58"
    call = s.call("mazur", "999", number=SISTER, caller="Hannah Whieldon", place=HOME, what="crisis",
                  part="for another", thrive="R+Left the ward yesterday; V!Alone, does not open", identified="nny",
                  advice=["stay-with"], said=["He came home from the ward and does not open the door"])
    sister = s.names_caller("mazur", call)
    s.relate(sister, "sibling", aaron, by="mazur")
    s.involves("mazur", call, aaron, "concern is for")
    third = s.opens("mazur", call)
    s.ends("mazur", call)
    yield "2019-07-01 07:31"
    going = s.send(third, "SA02", by="rowlands")
    yield "2019-07-01 07:33"
    s.on_the_way(going, by="dhillon")


TOLD = Told(
    "Man in a mental health crisis",
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
            "objects.marker-approval": Ends(met=1),
            "objects.marker-review": Ends(open=1),
            "people.marker-approval": Ends(met=1),
            "people.marker-review": Ends(open=1),
        },
        contacts={HIS: 3},
    ),
)
