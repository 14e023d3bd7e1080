"""Two women whom a hub looks after: one record is locked, and of the other nobody else may know."""

from __future__ import annotations

from watchward.demo.play import Beats
from watchward.demo.stage import Stage
from watchward.demo.telling import Answers, Ends, Told

# fmt: off

LOCKED = "07700 900471"
LOCKED_HOME = "5 Lantern Fold, Tunstall"
SEALED = "07700 900481"
SEALED_NAME = ("Farzana", "Delawar")


def tell_locked(s: Stage) -> Beats:
    """Tell of Natalie Overend, whose record asks for a reason."""
    yield "2019-05-06 10:00"
    home = s.place("5 Lantern Fold", locality="Tunstall", postcode="ST6 5EY", by="amin")
    natalie = s.person("Natalie", "Overend", born="1994-10-02", sex="F", lives=home, since="2018-06-01", number=LOCKED,
                       by="amin", source="Hub referral")
    s.mark(natalie, "marac", "Discussed on 2 May", grounds="Referred by the midwife", review="2019-11-02", by="amin",
           approved_by="thorley")
    yield "2019-05-06 10:30"
    s.keep_as(natalie, 1, "Her brother works for the force", by="thorley")
    yield "2019-06-14 19:20"
    first = s.opens_locked(natalie, "She is at the counter and asks for a lift to her mother", by="adeleke")
    yield "2019-06-15 09:10"
    s.reviews_opening(first, "Good reason. She told us the same", by="thorley")
    yield "2019-06-27 20:40"
    call = s.call("colclough", "101", number=LOCKED, rang=47, caller="Natalie", place=LOCKED_HOME, what="advice",
                  thrive="E+Wants her own officer", identified="???", said=["Asks for Rukhsana at the hub"])
    s.ends("colclough", call)
    yield "2019-06-30 20:10"
    s.opens_locked(natalie, "Neighbour rang about a man at her window", by="dhillon")


def tell_sealed(s: Stage) -> Beats:
    """Tell of the woman in the refuge, and of the man who asks for her."""
    yield "2019-05-20 11:00"
    refuge = s.place("2 Almsgate Walk", locality="Newcastle-under-Lyme", town="Newcastle", postcode="ST5 1JU",
                     by="amin")
    forenames, surname = SEALED_NAME
    farzana = s.person(forenames, surname, born="1996-07-12", sex="F", lives=refuge, since="2019-05-18", number=SEALED,
                       by="amin", source="Hub referral")
    yield "2019-05-20 11:05"
    s.keep_place_as(refuge, 2, "Refuge: its address stays with the hub", by="thorley")
    s.keep_as(farzana, 2, "Forced marriage protection order", by="thorley")
    yield "2019-06-21 15:30"
    call = s.call("mazur", "101", number="", rang=15, caller="Imran Delawar", place="Not said", what="advice",
                  thrive="E+Says that he is her brother", identified="n??", others="Farzana Delawar",
                  said=["Asks whether his sister Farzana Delawar, born 12 July 1996, is with the police"])
    s.ends("mazur", call)
    s.asks_for("mazur", "Farzana Delawar", "1996-07-12", how="a call from a man who says that he is her brother")
    yield "2019-06-21 15:55"
    s.sees_asks(by="thorley")


TOLD = (
    Told(
        "A locked record",
        tell_locked,
        Answers(
            calls=1,
            duties={
                "contact.identify": Ends(met=1),
                "contact.complete": Ends(met=1),
                "access.opening-review": Ends(met=1, open=1),
                "people.marker-approval": Ends(met=1),
                "people.marker-review": Ends(open=1),
            },
        ),
    ),
    Told(
        "A sealed record",
        tell_sealed,
        Answers(
            calls=1,
            duties={
                "contact.identify": Ends(met=1),
                "contact.complete": Ends(met=1),
                "people.sealed-asked": Ends(met=1),
            },
        ),
    ),
)
