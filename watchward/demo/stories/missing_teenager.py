"""Keeley Mottram, 14, in foster care: the third time in two months that she is not home in the morning."""

from __future__ import annotations

from watchward.demo.play import Beats
from watchward.demo.stage import Stage
from watchward.demo.telling import Answers, Ends, Told, goes
from watchward.domains.incidents.vocabulary import Sign

# fmt: off

CARER = "01632 960141"
HOME = "Heathfold House, Gristhorn Lane, Leek"


def tell(s: Stage) -> Beats:
    """Tell it from May to this morning, when nobody has been there yet."""
    yield "2019-05-11 23:20"
    home = s.place("Heathfold House, Gristhorn Lane", town="Leek", postcode="ST13 8AT", by="mazur")
    keeley = s.person("Keeley", "Mottram", born="2005-01-27", sex="F", lives=home, since="2018-10-01", by="mazur")
    bev = s.person("Beverley", "Tansley", born="1966-02-08", sex="F", lives=home, since="1999-01-01", number=CARER,
                   known_as="Bev", by="mazur")
    s.relate(bev, "carer", keeley, by="mazur")
    for at, by, away, sent, there, clear, words in (
        ("2019-05-11 23:21", "mazur", "Not home since school", "2019-05-11 23:40", "2019-05-12 00:05",
         "2019-05-12 00:50", "Came home by taxi while we were there. Would not say who paid"),
        ("2019-06-08 22:50", "odell", "Gone out of the window", "2019-06-08 23:02", "2019-06-08 23:30",
         "2019-06-09 00:40", "Found at the bus stop with an older man, who left"),
    ):
        yield at
        call = s.call(by, "101", number=CARER, rang=70, caller="Bev Tansley", place=HOME, what="missing", known=bev,
                      part="for another", signs=[Sign.CHILD_AT_RISK], thrive="T+Older men; V!14 and in care",
                      identified="nnn", advice=["back"], said=[away])
        s.involves(by, call, keeley, "concern is for")
        missing = s.opens(by, call)
        s.ends(by, call)
        yield from goes(s, missing, "MB03", "lomas", sent, there, clear, words, sender="pemble")
        s.close(missing, "Home and well. Return interview asked for", by="pemble")
    yield "2019-06-10 11:00"
    s.mark(keeley, "likely to go missing", "Gets into cars with older men. Carer always knows what she wears",
           grounds="Missing on 11 May and 8 June", review="2019-09-10", by="amin", approved_by="thorley")
    s.mark(keeley, "child at risk", "Feared to be exploited", grounds="Older man at the bus stop, taxi paid for",
           review="2019-08-10", by="thorley", approved_by="marlow")

    yield "2019-07-01 05:52"
    call = s.call("odell", "101", number=CARER, rang=41, caller="Bev Tansley", place=HOME, what="missing", known=bev,
                  part="for another", signs=[Sign.CHILD_AT_RISK], thrive="T+Older men; R+Third time; V!14 and in care",
                  identified="nnn", said=["Bed not slept in, her telephone is off", "Red coat, white trainers"])
    s.involves("odell", call, keeley, "concern is for")
    gone = s.opens("odell", call)
    s.ends("odell", call)
    yield "2019-07-01 06:31"
    s.on_the_way(s.send(gone, "MB03", by="rowlands"), by="redfern")
    yield "2019-07-01 06:35"
    s.log(gone, "Searching the bus station and Ladderedge on the way", by="redfern")
    yield "2019-07-01 07:00"  # its target passed at 06:52
    s.reassess(gone, "T+Older men; R+Third time; V!14 and in care", by="rowlands",
               safe="Friends rung by her carer, taxi firms asked")
    yield "2019-07-01 07:04"
    s.rings_back(gone, "Her carer has heard nothing, she stays by the telephone", by="odell")
    yield "2019-07-01 07:09"
    s.reassess(gone, "T!Seen last with the man of June; V!14 and in care", by="rowlands",
               safe="Neighbouring force told, bus company asked")


TOLD = Told(
    "Missing teenager and her carer",
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
            "incidents.reassess": Ends(met=2, open=1),  # the third was due at 07:19
            "incidents.recontact": Ends(met=1),
            "people.marker-approval": Ends(met=2),
            "people.marker-review": Ends(open=2),
        },
        contacts={CARER: 2},
    ),
)
