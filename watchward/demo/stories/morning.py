"""What else is on the board at 07:45 on Monday 1 July 2019."""

from __future__ import annotations

from watchward.demo.play import Beats
from watchward.demo.stage import Stage
from watchward.demo.telling import Answers, Ends, Told
from watchward.domains.incidents.vocabulary import Kind, Part, Sign

# fmt: off

def bridge(s: Stage) -> Beats:
    """Tell of the Immediate that is over its target and was assessed again."""
    yield "2019-07-01 07:21:05"
    s.place("Wharfinger Bridge, Towhorse Lane", locality="", town="Stone", postcode="ST15 8JH", by="mazur")
    call = s.call("mazur", "999", number="07700 900401", caller="A man walking his dog", what="crisis",
                  place="Wharfinger Bridge, Towhorse Lane, Stone", part="witness", signs=[Sign.LIFE_AT_RISK],
                  thrive="T!On the wrong side of the rail; V!Alone", identified="??y", advice=["stay-with"],
                  said=["A woman stands on the wrong side of the rail"])
    woman = s.opens("mazur", call)
    s.ends("mazur", call)
    yield "2019-07-01 07:24"
    going = s.send(woman, "FC02", by="rowlands")
    yield "2019-07-01 07:25"
    s.on_the_way(going, by="imran")
    yield "2019-07-01 07:38"
    s.reassess(woman, "T!Still there, talks to the man; V!Alone", by="rowlands",
               safe="He talks to her, canal trust closes the lock")


def road(s: Stage) -> Beats:
    """Tell of the crash in the country with six minutes left."""
    yield "2019-07-01 07:31:20"
    s.place("Tollbar Island", town="Uttoxeter", postcode="ST14 8PN", urban=False, by="odell")
    call = s.call("odell", "999", number="07700 900402", caller="Lorry driver", place="Tollbar Island, Uttoxeter",
                  what="collision-hurt", part="witness", thrive="H!One trapped; R+Traffic", identified="nn?",
                  advice=["off-road"], said=["Car and van, one trapped by the legs"])
    crash = s.opens("odell", call)
    s.ends("odell", call)
    yield "2019-07-01 07:33"
    going = s.send(crash, "EE04", by="rowlands")
    yield "2019-07-01 07:34"
    s.on_the_way(going, by="stubbs")


def arcade(s: Stage) -> Beats:
    """Tell of the shopkeeper to whom nobody has been sent."""
    yield "2019-07-01 07:02"
    s.place("Unit 4, Nailshop Arcade", town="Cannock", postcode="WS11 1DB", by="tranter")
    call = s.call("tranter", "101", number="01632 960181", rang=58, caller="Ewan Marsh",
                  place="Unit 4, Nailshop Arcade, Cannock", what="violence-over", thrive="T+He said that he comes back",
                  signs=[Sign.VIOLENCE_THREATENED], identified="nnn", said=["Threatened over a refund, the man left"])
    s.names_caller("tranter", call)
    s.opens("tranter", call)
    s.ends("tranter", call)


def hammer(s: Stage) -> Beats:
    """Tell of the neighbour with the hammer, where a unit is."""
    yield "2019-07-01 07:06"
    s.place("11 Cinderpath Walk", locality="Hednesford", town="Cannock", postcode="WS12 1UB", by="colclough")
    call = s.call("colclough", "999", number="07700 900403", caller="Lorna Tibbett",
                  place="11 Cinderpath Walk, Hednesford", what="violence-over", signs=[Sign.WEAPON, Sign.JUST_HAPPENED],
                  thrive="T+He has gone indoors", identified="nnn", said=["Neighbour with a hammer, has gone in"])
    s.names_caller("colclough", call)
    man = s.opens("colclough", call)
    s.ends("colclough", call)
    yield "2019-07-01 07:10"
    going = s.send(man, "CD02", by="rowlands")
    yield "2019-07-01 07:39"
    s.there(going, by="holdcroft")


def appointment(s: Stage) -> Beats:
    """Tell of the burglary with a time agreed for this morning."""
    yield "2019-06-30 21:15"
    home = s.place("7 Maltster Close", town="Lichfield", postcode="WS13 7HL", by="rowlands")
    owner = s.person("Judith", "Ampleford", born="1949-11-11", sex="F", lives=home, by="rowlands")
    s.incident("rowlands", Kind.BURGLARY, "Garage entered while they were away, nothing touched since", place=home,
               people=[(owner, Part.VICTIM)], thrive="I+Door forced", signs=[Sign.SLOT_AGREED],
               agreed="2019-07-01 10:30")


def afraid(s: Stage) -> Beats:
    """Tell of the woman in Tamworth for whom no unit was free and whom nobody has rung."""
    yield "2019-07-01 06:20"
    home = s.place("6 Peverel Hay Close", town="Tamworth", postcode="B77 2QP", by="colclough")
    dawn = s.person("Dawn", "Siddall", born="1982-09-09", sex="F", lives=home, number="07700 900404", by="colclough")
    call = s.call("colclough", "101", number="07700 900404", rang=36, caller="Dawn Siddall", known=dawn,
                  place="6 Peverel Hay Close, Tamworth", what="domestic-other", thrive="T+He has left; V+Alone",
                  identified="nyn", advice=["back"], said=["He shouted all night and has left for work"])
    s.opens("colclough", call)
    s.ends("colclough", call)


def _answers(**duties: Ends) -> Answers:
    kinds = {name.replace("_", ".", 1): ends for name, ends in duties.items()}
    usual = {
        "contact.identify": Ends(met=1), "contact.complete": Ends(met=1), "incidents.assess": Ends(met=1),
        "incidents.attend": Ends(open=1),
    }
    return Answers(calls=1, incidents=1, live=1, duties={**usual, **kinds})


TOLD = (
    Told(
        "An Immediate over its target",
        bridge,
        # Assessed at 07:38 after the target of 07:36; to be assessed again by 07:48, and nobody rung.
        _answers(incidents_reassess=Ends(met=1, open=1), incidents_recontact=Ends(open=1)),
    ),
    Told("An Immediate with minutes left", road, _answers()),
    Told("A Priority with no unit sent", arcade, _answers()),
    Told("A Priority with a unit at scene", hammer, _answers(incidents_attend=Ends(met=1))),
    Told(
        "A time agreed for later",
        appointment,
        Answers(
            incidents=1,
            live=1,
            duties={
                "incidents.agree-time": Ends(met=1), "incidents.assess": Ends(met=1),
                "incidents.attend": Ends(open=1),
            },
        ),
    ),
    Told(
        "A Priority that is delayed and was never assessed again",
        afraid,
        _answers(incidents_reassess=Ends(open=1), incidents_recontact=Ends(open=1)),
    ),
)
