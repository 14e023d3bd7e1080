"""Małgorzata Wiśniewska: one woman in three spellings, and a man who follows all of them."""

from __future__ import annotations

from watchward.demo.play import Beats
from watchward.demo.stage import Stage
from watchward.demo.telling import Answers, Ends, Told, goes
from watchward.domains.incidents.vocabulary import Sign

# fmt: off

HERS = "07700 900451"
HOME = "17 Sallowfield Terrace, Burton"


def tell(s: Stage) -> Beats:
    """Tell it from the record of 2017 to the third report."""
    yield "2018-07-03 10:00"
    before = s.place("5 Hopkiln Yard", town="Burton-on-Trent", postcode="DE14 2PN", by="odell")
    earlier = s.person("Malgorzata", "Wisniewski", born="1984-11-09", sex="F", lives=before, since="2014-01-15",
                       by="odell", source="Crime report, 2017")

    yield "2019-05-21 17:30"
    home = s.place("17 Sallowfield Terrace", town="Burton-on-Trent", locality="Burton", postcode="DE14 3JY", by="mazur")
    woman = s.person("Małgorzata", "Wiśniewska", born="1984-11-09", sex="F", lives=home, since="2019-01-10", by="mazur")
    call = s.call("mazur", "101", number=HERS, rang=33, caller="Małgorzata Wiśniewska", place=HOME, what="asb-personal",
                  known=woman, thrive="T+He waits at the bus; V+Alone with a baby", identified="nnn", advice=["keep"],
                  said=["A man from her work waits at her bus stop again", "Spoken in Polish"])
    waits = s.opens("mazur", call)
    s.ends("mazur", call)
    yield from goes(s, waits, "EE03", "butt", "2019-05-22 08:00", "2019-05-22 08:30", "2019-05-22 09:15",
                    "Notes and pictures kept. Employer spoken to")
    yield "2019-05-22 12:00"
    s.close(waits, "Advice given, employer warns him", by="wolfe")

    yield "2019-06-18 22:10"
    call = s.call("whitlow", "101", number=HERS, rang=120, caller="Gosia Visnevska", place=HOME, what="asb-personal",
                  thrive="T+He rang her bell; V+Alone with a baby", identified="ynn", advice=["keep"],
                  said=["He rang her bell and went, the same man"])
    gosia = s.names_caller("whitlow", call)
    bell = s.opens("whitlow", call)
    s.ends("whitlow", call)
    yield from goes(s, bell, "EE03", "gilroy", "2019-06-19 18:00", "2019-06-19 18:25", "2019-06-19 19:10",
                    "Seen with an interpreter by telephone. She is Małgorzata Wiśniewska")
    yield "2019-06-19 19:40"
    s.close(bell, "Stalking recorded, to the detective", by="wolfe")
    yield "2019-06-20 09:00"
    s.same(woman, gosia, "Seen by an officer: Gosia is short for Małgorzata", by="mazur")
    s.mark(woman, "language", "Polish. Use an interpreter, not her neighbour",
           grounds="Asked for on the visit of 19 June", review="2020-06-20", by="gilroy", approved_by="wolfe")
    s.unsure(woman, earlier, "Same date of birth, no common address, and nobody asked her yet", by="mazur")

    yield "2019-06-27 06:40"
    call = s.call("bhatt", "999", number=HERS, caller="Malgorzata Wisniewska", place=HOME, what="violence-now",
                  known=woman, part="victim", signs=[Sign.CHILD_THERE], identified="ynn", advice=["line-open"],
                  thrive="T!He is at her door; V!Alone with a baby", said=["He is at the door and kicks it"])
    kicks = s.opens("bhatt", call)
    s.ends("bhatt", call)
    yield from goes(s, kicks, "EE03", "butt", "2019-06-27 06:42", "2019-06-27 06:52", "2019-06-27 08:30",
                    "Arrested on the stairs")
    yield "2019-06-27 10:00"
    s.close(kicks, "One arrested for stalking", by="wolfe")


TOLD = Told(
    "Polish woman recorded under three spellings",
    tell,
    Answers(
        calls=3,
        incidents=3,
        duties={
            "contact.identify": Ends(met=3),
            "contact.complete": Ends(met=3),
            "incidents.assess": Ends(met=3),
            "incidents.agree-time": Ends(released=2),
            "incidents.attend": Ends(met=3),
            "people.marker-approval": Ends(met=1),
            "people.marker-review": Ends(open=1),
        },
        contacts={HERS: 2},
        same=1,
    ),
)
