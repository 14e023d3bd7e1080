"""Nettlewick Farm near Eccleshall: a Priority in the country that nobody has gone to and nobody has rung about."""

from __future__ import annotations

from watchward.demo.play import Beats
from watchward.demo.stage import Stage
from watchward.demo.telling import Answers, Ends, Told, goes
from watchward.domains.incidents.vocabulary import Sign

# fmt: off

HIS = "01632 960171"
FARM = "Nettlewick Farm, Stoop Lane, Eccleshall"


def tell(s: Stage) -> Beats:
    """Tell of the quad of May and of the shed this morning."""
    yield "2019-05-09 06:15"
    farm = s.place("Nettlewick Farm, Stoop Lane", locality="Eccleshall", town="Stafford", postcode="ST21 6LG",
                   urban=False, by="whitlow")
    huw = s.person("Huw", "Bratton", born="1957-03-03", sex="M", lives=farm, since="1957-03-03", number=HIS,
                   by="whitlow")
    call = s.call("whitlow", "101", number=HIS, rang=19, caller="Huw Bratton", place=FARM, what="theft", known=huw,
                  thrive="I+Tyre marks in the lane", identified="nnn", said=["Quad bike gone from the barn"])
    quad = s.opens("whitlow", call)
    s.ends("whitlow", call)
    yield from goes(s, quad, "FC01", "gough", "2019-05-09 08:10", "2019-05-09 08:55", "2019-05-09 09:40",
                    "Marks photographed")
    yield "2019-05-09 12:00"
    s.close(quad, "Crime recorded, no suspect", by="eardley")
    yield "2019-05-10 09:00"
    s.mark_place(farm, "access", "Gate code is with the control room. Dogs are chained", review="2020-05-10",
                 grounds="Told by Mr Bratton on 9 May", by="eardley", approved_by="prince")

    yield "2019-07-01 06:04"
    call = s.call("tranter", "999", number=HIS, rang=5, caller="Huw Bratton", place=FARM, what="burglary", known=huw,
                  part="victim", signs=[Sign.JUST_HAPPENED], thrive="I+Tyre marks wet; V+He is alone there",
                  identified="ynn", advice=["touch"], said=["Shed broken open, a white van went off up the lane"])
    s.opens("tranter", call)
    s.ends("tranter", call)


TOLD = Told(
    "A Priority at a farm that is delayed",
    tell,
    Answers(
        calls=2,
        incidents=2,
        live=1,
        duties={
            "contact.identify": Ends(met=2),
            "contact.complete": Ends(met=2),
            "incidents.assess": Ends(met=2),
            "incidents.agree-time": Ends(released=1),
            "incidents.attend": Ends(met=1, open=1),
            "incidents.reassess": Ends(open=1),  # its target passed at 07:04; due at 07:34
            "incidents.recontact": Ends(open=1),
            "places.marker-approval": Ends(met=1),
            "places.marker-review": Ends(open=1),
        },
        contacts={HIS: 1},
    ),
)
