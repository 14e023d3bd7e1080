"""The invented force as tables: its areas, teams, the people who work there and whom to sign in as."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from watchward.domains.incidents.vocabulary import Skill
from watchward.domains.organisation.vocabulary import Function, Rank

SINCE: Final = date(2016, 4, 1)
"""The first day of everything in the invented force."""


@dataclass(frozen=True)
class Area:
    """A local policing area over one real district."""

    key: str
    name: str
    district: str


AREAS: Final = (
    Area("stoke", "Stoke-on-Trent", "E06000021"),
    Area("newcastle", "Newcastle-under-Lyme", "E07000195"),
    Area("moorlands", "Staffordshire Moorlands", "E07000198"),
    Area("stafford", "Stafford", "E07000197"),
    Area("south-staffs", "South Staffordshire", "E07000196"),
    Area("cannock", "Cannock Chase", "E07000192"),
    Area("lichfield", "Lichfield", "E07000194"),
    Area("tamworth", "Tamworth", "E07000199"),
    Area("east-staffs", "East Staffordshire", "E07000193"),
)
"""Nine areas, one over each of the county's real districts; how the force parts them is invented."""


@dataclass(frozen=True)
class Team:
    """A team, under another one; its parent stands before it in the table.

    Args:
        key: stable short name.
        name: as people say it.
        parent: key of the team above it.
        function: what it is there to do; None for what only holds teams together.
        area: key of the one area that it serves, where it is one.
    """

    key: str
    name: str
    parent: str = ""
    function: Function | None = None
    area: str = ""


TEAMS: Final = (
    Team("force", "The force"),
    Team("force-incident-manager", "Force incident managers", "force", Function.CONTROL_ROOM),
    Team("control-room", "Control room", "force-incident-manager", Function.CONTROL_ROOM),
    Team("response", "Response", "force"),
    Team("response-a", "Response A, Stoke", "response", Function.RESPONSE, "stoke"),
    Team("response-b", "Response B, Newcastle and Moorlands", "response", Function.RESPONSE),
    Team("response-c", "Response C, Stafford and South Staffordshire", "response", Function.RESPONSE),
    Team("response-d", "Response D, Cannock and Lichfield", "response", Function.RESPONSE),
    Team("response-e", "Response E, Tamworth and Burton", "response", Function.RESPONSE),
    Team("crime", "Crime", "force"),
    Team("crime-registrar", "Force crime registrar", "crime", Function.OVERSIGHT),
    Team("crime-desk", "Crime desk", "crime", Function.SUPPORT),
    Team("investigation", "Local investigation", "crime", Function.INVESTIGATION),
    Team("resolution", "Resolution centre", "crime", Function.RESOLUTION),
    Team("public-protection", "Public protection", "crime", Function.PUBLIC_PROTECTION),
    Team("child-protection", "Child protection and exploitation", "crime", Function.CHILD_PROTECTION),
    Team("neighbourhood", "Neighbourhood policing", "force"),
    Team("neighbourhood-north", "Neighbourhood north", "neighbourhood", Function.NEIGHBOURHOOD),
    Team("neighbourhood-south", "Neighbourhood south", "neighbourhood", Function.NEIGHBOURHOOD),
    Team("hubs", "Harm reduction hubs", "force"),
    Team("hub-north", "Harm reduction hub, north", "hubs", Function.HUB),
    Team("hub-south", "Harm reduction hub, south", "hubs", Function.HUB),
    Team("audit", "Audit and inspection", "force", Function.OVERSIGHT),
    Team("records", "Records management", "force", Function.OVERSIGHT),
    Team("administration", "Administration", "force", Function.SUPPORT),
)


@dataclass(frozen=True)
class Post:
    """Somebody who works for the force.

    Args:
        username: unique short name.
        name: without the rank.
        role: key of their role.
        team: key of their team.
        rank: theirs.
        collar: their number.
        supervises: they supervise their team.
        persona: anybody may sign in as them in the demonstration.
        holds: key of the accreditation that they hold.
    """

    username: str
    name: str
    role: str
    team: str
    rank: Rank
    collar: str
    supervises: bool = False
    persona: bool = False
    holds: str = ""

    @property
    def shown(self) -> str:
        """The name with the rank before it, as others see it."""
        return f"{self.rank.short} {self.name}".strip()


_STAFF, _PC, _SGT, _INSP = Rank.STAFF, Rank.CONSTABLE, Rank.SERGEANT, Rank.INSPECTOR
_CALL, _PATROL, _LEADS, _MANAGES = "call-handler", "response-officer", "sergeant", "force-incident-manager"
_SOLVES, _SUPERVISES, _DESK = "investigator", "investigation-supervisor", "crime-desk"

POSTS: Final = (
    Post("bhatt", "Meena Bhatt", _CALL, "control-room", _STAFF, "7104", persona=True),
    Post("colclough", "Rhys Colclough", _CALL, "control-room", _STAFF, "7110"),
    Post("whitlow", "Tamsin Whitlow", _CALL, "control-room", _STAFF, "7117"),
    Post("mazur", "Karol Mazur", _CALL, "control-room", _STAFF, "7121"),
    Post("odell", "Bernice Odell", _CALL, "control-room", _STAFF, "7126"),
    Post("tranter", "Gail Tranter", _CALL, "control-room", _STAFF, "7002", supervises=True),
    Post("okafor", "Grace Okafor", _MANAGES, "force-incident-manager", _INSP, "0312", supervises=True, persona=True),
    Post("pemble", "Stuart Pemble", _MANAGES, "force-incident-manager", _INSP, "0327"),
    Post("rowlands", "Nia Rowlands", _MANAGES, "force-incident-manager", _INSP, "0331"),
    Post("heathcote", "Owen Heathcote", _LEADS, "response", _INSP, "0340", supervises=True),
    Post("lowe", "Marian Lowe", _LEADS, "response-a", _SGT, "0611", supervises=True, persona=True),
    Post("dhillon", "Jas Dhillon", _PATROL, "response-a", _PC, "4413", persona=True),
    Post("sillitoe", "Beth Sillitoe", _PATROL, "response-a", _PC, "4420"),
    Post("wain", "Kieran Wain", _PATROL, "response-a", _PC, "4427"),
    Post("adeleke", "Tola Adeleke", _PATROL, "response-a", _PC, "4431"),
    Post("birks", "Shaun Birks", _PATROL, "response-a", _PC, "4436"),
    Post("nowell", "Carys Nowell", _PATROL, "response-a", _PC, "4440"),
    Post("plant", "Dominic Plant", _PATROL, "response-a", _PC, "4446"),
    Post("zaman", "Aneesa Zaman", _PATROL, "response-a", _PC, "4452"),
    Post("forrester", "Ian Forrester", _LEADS, "response-b", _SGT, "0622", supervises=True),
    Post("bagguley", "Erin Bagguley", _PATROL, "response-b", _PC, "4511"),
    Post("clamp", "Lewis Clamp", _PATROL, "response-b", _PC, "4517"),
    Post("lomas", "Priti Lomas", _PATROL, "response-b", _PC, "4523"),
    Post("redfern", "Sam Redfern", _PATROL, "response-b", _PC, "4529"),
    Post("eardley", "Colin Eardley", _LEADS, "response-c", _SGT, "0633", supervises=True),
    Post("gough", "Hannah Gough", _PATROL, "response-c", _PC, "4610"),
    Post("imran", "Faisal Imran", _PATROL, "response-c", _PC, "4616"),
    Post("tildesley", "Rob Tildesley", _PATROL, "response-c", _PC, "4622"),
    Post("weston", "Molly Weston", _PATROL, "response-c", _PC, "4628"),
    Post("jevons", "Ruth Jevons", _LEADS, "response-d", _SGT, "0644", supervises=True),
    Post("cope", "Darren Cope", _PATROL, "response-d", _PC, "4711"),
    Post("holdcroft", "Amy Holdcroft", _PATROL, "response-d", _PC, "4718"),
    Post("sandhu", "Manjit Sandhu", _PATROL, "response-d", _PC, "4724"),
    Post("yates", "Leon Yates", _PATROL, "response-d", _PC, "4730"),
    Post("wolfe", "Patrick Wolfe", _LEADS, "response-e", _SGT, "0655", supervises=True),
    Post("allman", "Kirsty Allman", _PATROL, "response-e", _PC, "4812"),
    Post("butt", "Hamza Butt", _PATROL, "response-e", _PC, "4819"),
    Post("gilroy", "Fern Gilroy", _PATROL, "response-e", _PC, "4825"),
    Post("stubbs", "Neil Stubbs", _PATROL, "response-e", _PC, "4831"),
    Post("marlow", "Alison Marlow", _LEADS, "neighbourhood-north", _SGT, "0671", supervises=True),
    Post("cartlidge", "Dean Cartlidge", _PATROL, "neighbourhood-north", Rank.SUPPORT_OFFICER, "8014"),
    Post("rasool", "Sana Rasool", _PATROL, "neighbourhood-north", _PC, "4903"),
    Post("prince", "Hugh Prince", _LEADS, "neighbourhood-south", _SGT, "0676", supervises=True),
    Post("ivers", "Josie Ivers", _PATROL, "neighbourhood-south", Rank.SUPPORT_OFFICER, "8021"),
    Post("thorley", "Joan Thorley", _LEADS, "hub-north", _SGT, "0688", supervises=True, persona=True),
    Post("amin", "Rukhsana Amin", _PATROL, "hub-north", _PC, "4951"),
    Post("beech", "Martin Beech", _LEADS, "hub-south", _SGT, "0693", supervises=True),
    Post(
        "wetton", "Harriet Wetton", "crime-registrar", "crime-registrar", _STAFF, "7210", supervises=True, persona=True
    ),
    Post("rudge", "Yvonne Rudge", _DESK, "crime-desk", _STAFF, "7201", supervises=True, persona=True),
    Post("pointon", "Alan Pointon", _DESK, "crime-desk", _STAFF, "7204"),
    Post(
        "sharpe",
        "Colin Sharpe",
        _SUPERVISES,
        "investigation",
        _SGT,
        "0701",
        supervises=True,
        persona=True,
        holds="pip-2",
    ),
    Post("ostrowski", "Daria Ostrowski", _SOLVES, "investigation", _PC, "4601", persona=True, holds="pip-2"),
    Post("vernon", "Liam Vernon", _SOLVES, "investigation", _PC, "4605", holds="pip-1"),
    Post("tideswell", "Grace Tideswell", _SUPERVISES, "resolution", _SGT, "0708", supervises=True, holds="pip-1"),
    Post("boon", "Marcus Boon", _SOLVES, "resolution", _PC, "4611", holds="pip-1"),
    Post("akhtar", "Shazia Akhtar", _SUPERVISES, "public-protection", _SGT, "0712", supervises=True, holds="pip-2"),
    Post("dawes", "Helen Dawes", _SOLVES, "public-protection", _PC, "4615", holds="pip-2"),
    Post("nandra", "Priya Nandra", _SUPERVISES, "child-protection", _SGT, "0716", supervises=True, holds="scaidp"),
    Post("lowndes", "Tom Lowndes", _SOLVES, "child-protection", _PC, "4619", holds="scaidp"),
    Post("calder", "Ruth Calder", "guidance-lead", "public-protection", _STAFF, "7230", persona=True),
    Post("ashmore", "Philippa Ashmore", "records-manager", "records", _STAFF, "7296", supervises=True, persona=True),
    Post("kerr", "Imogen Kerr", "auditor", "audit", _STAFF, "7302", supervises=True, persona=True),
    Post("saltram", "Derek Saltram", "administrator", "administration", _STAFF, "7310", supervises=True, persona=True),
    Post("hollins", "Priya Hollins", "data-protection-officer", "audit", _STAFF, "7318", persona=True),
)

PERSONAS: Final = tuple(post for post in POSTS if post.persona)
"""Whom to sign in as: one of each role, and a sergeant of a hub, who sees what others may not."""


@dataclass(frozen=True)
class Course:
    """A course that some people passed on one day, with until when their certificates count.

    Args:
        key: of the course.
        passed_on: the day.
        expires_on: as the certificate says; invented, since the force has set no policy on it.
        people: usernames of those who passed it.
    """

    key: str
    passed_on: date
    expires_on: date
    people: tuple[str, ...]


COURSES: Final = (
    Course("thrive", date(2018, 3, 14), date(2020, 3, 14), ("tranter", "bhatt", "odell")),
    Course("thrive", date(2018, 9, 20), date(2020, 9, 20), ("okafor", "lowe", "pemble")),
    Course("thrive", date(2019, 2, 7), date(2021, 2, 7), ("colclough", "whitlow", "mazur")),
)
"""Every call handler, the managers of two shifts and a sergeant of response are trained in THRIVE."""


@dataclass(frozen=True)
class Unit:
    """A unit that can be sent.

    Args:
        sign: its call sign.
        area: key of the area that it covers.
        team: key of the team that it belongs to.
        crew: usernames of those who crew it on the morning of 1 July 2019.
        at: where it stands then: easting and northing, metres.
        skills: what it can do that others cannot.
        off_road: why it is off the road, if it is.
    """

    sign: str
    area: str
    team: str
    crew: tuple[str, ...]
    at: tuple[int, int]
    skills: tuple[Skill, ...] = ()
    off_road: str = ""


UNITS: Final = (
    Unit("SA01", "stoke", "response-a", ("sillitoe", "wain"), (386700, 349700), (Skill.DOMESTIC_ABUSE,)),
    Unit("SA02", "stoke", "response-a", ("dhillon", "adeleke"), (388100, 347700)),
    Unit("SA03", "stoke", "response-a", ("birks",), (385900, 351300)),
    Unit("SA04", "stoke", "response-a", ("nowell",), (391200, 343500), (Skill.DOMESTIC_ABUSE,)),
    Unit("SA05", "stoke", "response-a", ("plant", "zaman"), (389000, 345200)),
    Unit("SA06", "stoke", "response-a", (), (388200, 347600), off_road="Brakes, at the garage"),
    Unit("NB01", "newcastle", "response-b", ("bagguley",), (384700, 346100)),
    Unit("NB02", "newcastle", "response-b", ("clamp",), (384300, 354300)),
    Unit("MB03", "moorlands", "response-b", ("lomas", "redfern"), (398300, 356300), (Skill.DOMESTIC_ABUSE,)),
    Unit("FC01", "stafford", "response-c", ("gough",), (392100, 323300)),
    Unit("FC02", "stafford", "response-c", ("imran",), (390200, 334000), (Skill.DOMESTIC_ABUSE,)),
    Unit("WC03", "south-staffs", "response-c", ("tildesley", "weston"), (386600, 303600)),
    Unit("CD01", "cannock", "response-d", ("cope",), (398000, 310300)),
    Unit("CD02", "cannock", "response-d", ("holdcroft",), (400100, 312400), (Skill.DOMESTIC_ABUSE,)),
    Unit("LD03", "lichfield", "response-d", ("sandhu", "yates"), (411600, 309600)),
    Unit("TE01", "tamworth", "response-e", ("allman",), (420600, 304100)),
    Unit("TE02", "tamworth", "response-e", (), (420700, 304000), off_road="No crew, one sick"),
    Unit("EE03", "east-staffs", "response-e", ("butt", "gilroy"), (424600, 323100), (Skill.DOMESTIC_ABUSE,)),
    Unit("EE04", "east-staffs", "response-e", ("stubbs",), (409200, 333400)),
)
"""Units with where they stand; the numbers on the grid lie in the middles of towns."""
