"""From a call to how it ended: one man is charged, and one woman withdraws and says why."""

from __future__ import annotations

from watchward.demo.play import Beats
from watchward.demo.stage import Stage
from watchward.demo.telling import Answers, Ends, Told, goes
from watchward.domains.crimes.vocabulary import Demand
from watchward.domains.incidents.vocabulary import Kind
from watchward.domains.offences.vocabulary import Flag
from watchward.domains.victims.vocabulary import Response, Result, Trigger, Withdraws

# fmt: off

SHOP = "31 Dipmill Street, Fenton"
HIS = "07700 900455"
HOME = "5 Saggar Row, Tunstall"
HERS = "07700 900456"


def charged(s: Stage) -> Beats:
    """Tell of the greengrocer who was struck over a refund, and of the man who was charged."""
    yield "2019-06-10 14:05"
    shop = s.place("31 Dipmill Street", locality="Fenton", postcode="ST4 3AB", by="tranter")
    graham = s.person("Graham", "Pickford", born="1966-11-02", sex="M", lives=shop, number=HIS, by="tranter")
    lee = s.person("Lee", "Tunnicliffe", born="1991-02-17", sex="M", by="tranter", source="101 call")
    call = s.call("tranter", "101", number=HIS, rang=48, caller="Graham Pickford", place=SHOP, what="violence-over",
                  known=graham, thrive="H+His lip is split; I+Camera over the counter", identified="nnn",
                  said=["Struck in the face over a refund", "He knows him: Lee Tunnicliffe from the next street"])
    struck = s.opens("tranter", call)
    s.ends("tranter", call)
    yield from goes(s, struck, "SA02", "dhillon", "2019-06-10 14:14", "2019-06-10 14:31", "2019-06-10 15:10",
                    "Statement and camera film taken, he is named")
    yield "2019-06-10 15:30"
    s.close(struck, "Crime recorded, one man named", by="lowe")
    yield "2019-06-10 15:45"
    crime = s.records(struck, "8N", "Struck in the face over a refund, lip split", victim=graham, by="rudge")
    him = s.suspects(crime, lee, by="rudge")
    s.allocates(crime, by="rudge")
    s.takes_statement(crime, Response.ACCEPTED, by="ostrowski")
    s.cares(crime, by="ostrowski", to=HIS)
    yield "2019-06-12 11:20"
    s.interviews(him, "2019-06-12", by="ostrowski")
    news = s.notes(crime, Trigger.INTERVIEW, "He says that he was pushed first", by="ostrowski")
    yield "2019-06-12 12:00"
    s.tells(crime, "Rang out twice, no message left", by="ostrowski", result=Result.NO_ANSWER)
    yield "2019-06-12 17:40"
    s.tells(crime, "Told that he was interviewed and what he says", by="ostrowski", update=news)
    yield "2019-06-14 10:30"
    ended = s.ends_crime(crime, "1", "2019-06-14", by="ostrowski", suspect=him,
                         said={Demand.CHARGED_HOW: "Charged at the custody suite"})
    yield "2019-06-14 13:05"
    s.tells(crime, "Told that he is charged, and of the first hearing on 12 July", by="ostrowski", outcome=ended)


def withdrew(s: Stage) -> Beats:
    """Tell of the woman who was pushed down the steps by the man she lives with, and who does not want him charged."""
    yield "2019-06-17 22:10"
    home = s.place("5 Saggar Row", locality="Tunstall", postcode="ST6 5BD", by="mazur")
    nicola = s.person("Nicola", "Farr", born="1984-09-09", sex="F", lives=home, number=HERS, by="mazur")
    dean = s.person("Dean", "Farr", born="1982-01-23", sex="M", lives=home, by="mazur")
    s.relate(dean, "partner", nicola, by="mazur")
    call = s.call("mazur", "999", number=HERS, caller="Nicola Farr", place=HOME, what="domestic-over", known=nicola,
                  thrive="T+He has gone to his mother's; H+Her wrist is swollen", identified="nyn", others="Dean Farr",
                  advice=["leave"], said=["Pushed down the back steps, he has gone"])
    s.involves("mazur", call, dean, "suspect")
    pushed = s.opens("mazur", call)
    s.ends("mazur", call)
    yield from goes(s, pushed, "SA01", "sillitoe", "2019-06-17 22:15", "2019-06-17 22:33", "2019-06-17 23:40",
                    "Wrist seen to, statement taken, he is at his mother's")
    yield "2019-06-18 06:30"
    s.close(pushed, "Crime recorded: assault with injury", by="lowe", closed_as=Kind.VIOLENCE)
    yield "2019-06-18 07:15"
    crime = s.records(pushed, "8N", "Pushed down the back steps, wrist sprained", victim=nicola, suspects=[dean],
                      flags=[Flag.DOMESTIC_ABUSE], by="rudge")
    s.allocates(crime, by="rudge")
    s.takes_statement(crime, Response.DECLINED, "Does not want to write it down", by="vernon")
    s.cares(crime, by="vernon", to=HERS, safe="Never after six: he is home then")
    yield "2019-06-20 10:40"
    s.withdraws(crime, Withdraws.FAMILY, "The boys need their dad, I just want it left now", "2019-06-20", by="vernon")
    him = s.suspect_of(crime, by="vernon")
    ended = s.ends_crime(crime, "16", "2019-06-20", by="vernon", suspect=him, agreed_by="sharpe",
                         said={Demand.RATIONALE: "No other witness, no camera, and she does not support a charge"})
    yield "2019-06-20 15:10"
    s.tells(crime, "Told that it ends here, that it may be opened again, and of the support there is", by="vernon",
            outcome=ended)


_ALWAYS = {
    "contact.identify": Ends(met=1), "contact.complete": Ends(met=1), "incidents.assess": Ends(met=1),
    "incidents.attend": Ends(met=1), "crimes.record-incident": Ends(met=1), "crimes.allocate": Ends(met=1),
    "victims.needs": Ends(met=1), "victims.reach": Ends(met=1), "victims.expect": Ends(met=1),
    "victims.support": Ends(met=1), "victims.offer-statement": Ends(met=1), "victims.tell-outcome": Ends(met=1),
    # How they are reached is asked again only while somebody investigates.
    "victims.reach-again": Ends(released=1),
}

TOLD: tuple[Told, ...] = (
    Told("Assault in a shop, and a charge", charged,
         # Scheduled, and reached before a time was agreed.
         Answers(calls=1, incidents=1, contacts={HIS: 1},
                 duties={**_ALWAYS, "victims.tell": Ends(met=1), "incidents.agree-time": Ends(released=1)})),
    Told("A victim of domestic abuse withdraws", withdrew,
         Answers(calls=1, incidents=1, duties={**_ALWAYS, "crimes.agree-outcome": Ends(met=1)}, contacts={HERS: 1})),
)
