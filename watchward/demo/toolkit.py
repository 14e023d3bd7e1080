"""The guidance of the invented force: what it says, whom it is about, and when it was published; all of it invented."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from watchward.domains.partners.vocabulary import Need
from watchward.foundation.guidance.vocabulary import Group, Kind


@dataclass(frozen=True)
class Piece:
    """A piece of guidance as its first version says it.

    Args:
        slug: its short name.
        kind: what it is.
        title: its heading.
        lead: one line for the pages that it fits.
        text: what it says.
        groups: whom it is about.
        topics: what it is about.
        published: when, as `2018-07-05 10:00`.
        review_on: by when it is looked over, as `2019-07-05`.
    """

    slug: str
    kind: Kind
    title: str
    lead: str
    text: str
    published: str
    review_on: str
    groups: tuple[Group, ...] = ()
    topics: tuple[Need, ...] = ()


_CHILDREN, _YOUNG, _ADULTS = Group.CHILDREN, Group.YOUNG_PEOPLE, Group.ADULTS

CHILD_IN_HOME: Final = Piece(
    "child-in-home", Kind.POLICY, "A child in the home",
    "Child in the home: what to look for",
    "## Before you leave\n"
    "- See every child who lives there, awake and standing up.\n"
    "- Speak to each one away from the adults. Write down their own words.\n"
    "- Look where they sleep, what there is to eat, and whether it is warm.\n"
    "- Ask who else lives there and where the children are who are not there now.\n"
    "## What it may look like\n"
    "A child who is very quiet, who looks after the adults, or who asks you to stay may be telling you something.\n"
    "## Afterwards\n"
    "1. Record **every** child of the household, present or not.\n"
    "2. Tell children's services: [how to reach them](/partners/).\n"
    "3. Say on the incident what you saw, not only what you think.",
    "2018-09-03 10:00", "2019-06-24", (_CHILDREN, _YOUNG), (Need.CHILD_AT_RISK, Need.DOMESTIC_ABUSE),
)  # fmt: skip

CHILD_IN_HOME_AGAIN: Final = CHILD_IN_HOME.text + (
    "\n## A baby who cannot tell you\n"
    "Ask to see a baby undressed for a nappy change, with the parent there. A bruise on a child who does not crawl "
    "yet is rung through at once, whatever the explanation."
)

WITHDRAWN: Final = Piece(
    "vulnerable-card", Kind.PRACTICE, "The pocket card on vulnerability", "",
    "The card has one question: **who here cannot protect themselves, and why?**\nKeep it with your notebook.",
    "2018-07-05 10:30", "2019-07-05",
)  # fmt: skip

LATE: Final = Piece(
    "older-people-fraud", Kind.PRACTICE, "Older people and people at the door",
    "Fraud: stop the payment before you take the statement",
    "- Ring the bank with them while you are there. The first hours count.\n"
    "- Ask who else has rung or called this month: one who paid is visited again.\n"
    "- Say that it happens to careful people. **Shame is why most never tell.**\n"
    "- Ask who looks in on them, and whether that person may be told.",
    "2018-07-05 11:00", "2019-06-14", (_ADULTS,), (Need.FRAUD, Need.OLDER_PEOPLE),
)  # fmt: skip

LOOKED_OVER: Final = Piece(
    "adult-at-risk", Kind.POLICY, "An adult at risk",
    "Adult at risk: see how they live",
    "## Ask three things\n"
    "1. Do they need care or support, whoever gives it?\n"
    "2. Is somebody harming or neglecting them, or are they neglecting themselves?\n"
    "3. Can they protect themselves as things are?\n"
    "## See\n"
    "Food, heat, medication, the way to the door. Who holds the money and the telephone.\n"
    "## Their wish\n"
    "Ask what they want to happen and write it down. If others are in danger, or they cannot decide this for "
    "themselves, tell [adult social care](/partners/) all the same and say why.",
    "2018-07-06 09:30", "2019-06-28", (_ADULTS,), (Need.ADULT_AT_RISK, Need.DEMENTIA, Need.OLDER_PEOPLE),
)  # fmt: skip

TAUGHT: Final = Piece(
    "what-reviews-taught", Kind.LEARNING, "What twelve reviews of calls taught us",
    "",
    "- Where the caller was named from the record, the call before it was read. Where not, it was not.\n"
    "- **Not known** is an answer. Nothing is none.\n"
    "- The question about children was asked late, when the grade had been given.\n"
    "Ask it first.",
    "2019-05-13 09:00", "2020-05-11", (), (Need.DOMESTIC_ABUSE, Need.MENTAL_HEALTH),
)  # fmt: skip

OTHERS: Final = (
    TAUGHT,
    Piece(
        "safeguarding-children", Kind.POLICY, "Safeguarding children",
        "Child: see them, hear them, write down their words",
        "A child is never only a witness.\n"
        "- See them and speak to them alone, at the height of their eyes.\n"
        "- Ask open questions once. Do not ask them to say it again for somebody else.\n"
        "- Promise nothing about who will be told.\n"
        "- Where they may not be safe tonight, a supervisor hears of it before you leave.",
        "2018-07-09 10:00", "2019-09-02", (_CHILDREN,),
    ),
    Piece(
        "safeguarding-young-people", Kind.POLICY, "Safeguarding young people",
        "Young person: still a child, whatever they say",
        "From 14 to 17 somebody may look grown up, have money and say they are fine. They are owed the same care.\n"
        "- Ask where they sleep, who gives them things, and who is waiting for them.\n"
        "- What looks like a choice may be a debt.\n"
        "- Speak of them as a child in what you write.",
        "2018-07-09 10:30", "2019-09-02", (_YOUNG,),
    ),
    Piece(
        "safeguarding-adults", Kind.POLICY, "Safeguarding adults",
        "Adult: ask what they want, and who has power over it",
        "An adult decides for themselves unless somebody decides for them.\n"
        "- Speak to them alone.\n"
        "- Ask what they want to happen next, and what they are afraid will happen.\n"
        "- Where they say no to help, leave the door open: who may ring them, and when is safe.",
        "2018-07-09 11:00", "2019-09-02", (_ADULTS,),
    ),
    Piece(
        "young-and-used", Kind.POLICY, "Young people who are used by others",
        "Missing and back: who gives them things, and why",
        "- New telephone, new clothes, money or a key that nobody can explain.\n"
        "- Gone overnight, back tired, saying nothing.\n"
        "- Found far from home, or in a flat of somebody much older.\n"
        "Ask **where they were warm and who fed them** before you ask what they did. Record every name and car.",
        "2018-10-08 09:00", "2019-10-07", (_CHILDREN, _YOUNG),
        (Need.MISSING, Need.YOUNG_PEOPLE, Need.DRUGS_AND_ALCOHOL),
    ),
    Piece(
        "talking-in-crisis", Kind.PRACTICE, "Talking with somebody in crisis",
        "In crisis: ask what helped before",
        "- One person speaks. Say your first name. Turn the radio down.\n"
        "- Ask what helped the last time, and who knows them.\n"
        "- Ask plainly whether they think of ending their life. Asking does not put it there.\n"
        "- Ring the [crisis team](/partners/) for advice before anything is decided.",
        "2018-11-05 09:00", "2019-11-04", (), (Need.MENTAL_HEALTH, Need.SUICIDE),
    ),
    Piece(
        "domestic-apart", Kind.PRACTICE, "Two people, two rooms",
        "Domestic: speak to each of them apart",
        "- Part them before the first question. Out of sight, out of hearing.\n"
        "- Ask each who has the telephone, the keys and the money.\n"
        "- Ask about hands round the neck, always, and write down the answer.\n"
        "- Ask what happens when you have gone.",
        "2018-11-12 09:00", "2019-11-11", (_ADULTS,), (Need.DOMESTIC_ABUSE,),
    ),
    Piece(
        "dementia-missing", Kind.PRACTICE, "Dementia: somebody has walked out",
        "Dementia: look where they once lived and worked",
        "- Ask where home was when they were thirty. They may be going there.\n"
        "- Search the house and the garden first, cupboards too.\n"
        "- When you find them, do not correct them. Walk along, then turn together.",
        "2019-01-14 09:00", "2020-01-13", (_ADULTS,), (Need.DEMENTIA, Need.MISSING),
    ),
    Piece(
        "chosen-for-who-they-are", Kind.PRACTICE, "Chosen for who they are",
        "Hate: write down why they think they were chosen",
        "- What they perceive is recorded, in their words, without asking them to prove it.\n"
        "- Ask what came before this: most have not told anybody of the first ten times.\n"
        "- Ask what would let them sleep tonight.",
        "2019-01-21 09:00", "2020-01-20", (), (Need.HATE,),
    ),
    Piece(
        "the-third-call", Kind.CASE, "The third call",
        "Case: three calls that were each closed as an argument",
        "Nobody here is named, and details were changed.\n"
        "A neighbour rang three times in five weeks. Each time there was quiet when officers came, and each time it "
        "was closed as an argument. At the fourth somebody was badly hurt.\n"
        "## What was there to see\n"
        "- The calls came on the same weekday, when he was paid.\n"
        "- A child was named in the first call and in no record after it.\n"
        "## What is different now\n"
        "The page of a call shows the ones before it. **Read them aloud to yourself before you grade.**",
        "2019-02-11 09:00", "2020-02-10", (), (Need.DOMESTIC_ABUSE, Need.CHILD_AT_RISK),
    ),
    Piece(
        "the-new-friends", Kind.CASE, "The new friends",
        "Case: a flat that was taken over a cup of tea at a time",
        "Nobody here is named, and details were changed.\n"
        "He was lonely, and they were kind. In a month they had a key, in two he slept on his own floor.\n"
        "What told us in the end was small: he opened the door and looked behind him before he answered.",
        "2019-03-11 09:00", "2020-03-09", (_ADULTS,), (Need.ADULT_AT_RISK, Need.DRUGS_AND_ALCOHOL),
    ),
    Piece(
        "look-twice", Kind.CAMPAIGN, "Look twice",
        "",
        "This summer's campaign has one sentence: **look twice.**\n"
        "Once at what you were called to. Once at who else is there, and what nobody has said.\n"
        "Posters are in every kitchen. If you have a story that others should hear, tell the guidance lead.",
        "2019-06-03 09:00", "2019-12-02",
    ),
)  # fmt: skip
