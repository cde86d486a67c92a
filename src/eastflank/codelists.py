"""The codelists: every allowed value of every coded column, with its meaning.

A codelist is an enumeration. Its docstring says what it classifies and whose scheme it is; each
member carries its code, a label, a definition, and, where the field has an equivalent, a crosswalk
to it. The build writes all of them to the table `codes`, and each coded column in Parquet carries
its whole codelist as categories.
"""

from enum import StrEnum
from typing import Self


class Codelist(StrEnum):
    """A closed list of codes; a member is its code as text, with `label`,
    `definition` and `crosswalk`.
    """

    label: str
    definition: str
    crosswalk: str | None

    def __new__(cls, code: str, label: str, definition: str, crosswalk: str | None = None) -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        member.definition = definition
        member.crosswalk = crosswalk
        return member


class MissingReason(Codelist):
    """Why a cell that matters has no value. Unknown is never zero, and never just empty."""

    NOT_STATED = (
        "not-stated",
        "Not stated",
        "The source speaks of the record but does not give this.",
    )
    NOT_APPLICABLE = "not-applicable", "Not applicable", "The record cannot have this."
    NOT_FOUND = "not-found", "Not found", "Looked for in the sources at hand, and not found."
    NOT_DISCLOSED = (
        "not-disclosed",
        "Not disclosed",
        "Whoever knows it says that it is kept secret.",
    )
    RANGE = "range", "Range", "A range, whose ends stand beside it; only the build gives this."


class SourceKind(Codelist):
    """What sort of document a source is."""

    OFFICIAL = (
        "official",
        "Official",
        "Published by a government, parliament, armed force or international organisation.",
    )
    WIRE = "wire", "Wire", "A news agency's own report, wherever it was read."
    PAPER_OF_RECORD = (
        "paper-of-record",
        "Paper of record",
        "A newspaper or broadcaster with national standing and its own reporting.",
    )
    NEWS = "news", "News", "Any other news medium."
    COMMENTARY = "commentary", "Commentary", "An opinion, signed by its author."
    THINK_TANK = "think-tank", "Think tank", "Analysis by a research institute."
    ENCYCLOPEDIA = "encyclopedia", "Encyclopedia", "An encyclopedia or a copy of one."
    DATA = "data", "Data", "A table, register or dataset."
    AGGREGATOR = "aggregator", "Aggregator", "A page that repeats what others published."


class Reliability(Codelist):
    """How far a source can be trusted in general: the letter of the Admiralty code."""

    A = (
        "A",
        "Completely reliable",
        "No doubt of authenticity, trustworthiness or competence; here: "
        "an official text of whoever acts or promises, as to what was said.",
        "Admiralty code A (STANAG 2511)",
    )
    B = (
        "B",
        "Usually reliable",
        "Minor doubt, valid most of the time; here: a major wire or a paper of record.",
        "Admiralty code B (STANAG 2511)",
    )
    C = (
        "C",
        "Fairly reliable",
        "Some doubt, valid in the past; here: other news, signed expert commentary.",
        "Admiralty code C (STANAG 2511)",
    )
    D = (
        "D",
        "Not usually reliable",
        "Significant doubt, though valid at times in the past; here: partisan or aggregated pages.",
        "Admiralty code D (STANAG 2511)",
    )
    E = (
        "E",
        "Unreliable",
        "Lacks authenticity, trustworthiness and competence; here: "
        "state-controlled pages other than official texts of their own state.",
        "Admiralty code E (STANAG 2511)",
    )
    F = (
        "F",
        "Reliability cannot be judged",
        "No basis for a judgement; not the lowest grade.",
        "Admiralty code F (STANAG 2511)",
    )


class Credibility(Codelist):
    """How far one piece of information can be believed: the figure of the Admiralty code."""

    CONFIRMED = (
        "1",
        "Confirmed by other sources",
        "Borne out by other, independent sources; logical and consistent.",
        "Admiralty code 1 (STANAG 2511)",
    )
    PROBABLY_TRUE = (
        "2",
        "Probably true",
        "Logical and consistent with what else is known, not confirmed.",
        "Admiralty code 2 (STANAG 2511)",
    )
    POSSIBLY_TRUE = (
        "3",
        "Possibly true",
        "Not confirmed; reasonably logical; agrees in part with what else is known.",
        "Admiralty code 3 (STANAG 2511)",
    )
    DOUBTFUL = (
        "4",
        "Doubtful",
        "Not confirmed; possible but not logical; nothing else is known of it.",
        "Admiralty code 4 (STANAG 2511)",
    )
    IMPROBABLE = (
        "5",
        "Improbable",
        "Not confirmed; not logical in itself; contradicted by other information.",
        "Admiralty code 5 (STANAG 2511)",
    )
    CANNOT_BE_JUDGED = (
        "6",
        "Truth cannot be judged",
        "No basis for judging it; not the lowest grade.",
        "Admiralty code 6 (STANAG 2511)",
    )


class ActorKind(Codelist):
    """What sort of actor it is."""

    STATE = "state", "State", "A sovereign state, also one that no longer exists."
    ORGANISATION = (
        "organisation",
        "Organisation",
        "An international or non-governmental organisation with members or staff of its own.",
    )
    BODY = (
        "body",
        "Body",
        "A part of a state or organisation: a ministry, a committee, a parliament, an office.",
    )
    FORCE = "force", "Force", "An armed, border or police force."
    PERSON = "person", "Person", "A human being."
    COMPANY = "company", "Company", "A commercial enterprise."
    GROUP = "group", "Group", "Several actors named together, without an organisation of their own."


class MembershipRole(Codelist):
    """In what capacity an actor belongs to a group."""

    MEMBER = "member", "Member", "A full member."
    PARTNER = "partner", "Partner", "Tied to the group by a partnership, without being a member."
    OBSERVER = "observer", "Observer", "Attends without a vote."
    DIALOGUE_PARTNER = (
        "dialogue-partner",
        "Dialogue partner",
        "Has the group's formal status of dialogue partner.",
    )
    OFFICE_HOLDER = (
        "office-holder",
        "Office holder",
        "A person in an office of the group, which `office` names.",
    )


class PlaceKind(Codelist):
    """What sort of place it is."""

    COUNTRY = "country", "Country", "The territory of a state."
    REGION = "region", "Region", "A part of a country, or several countries together."
    CITY = "city", "City", "A city, town or village."
    BORDER = "border", "Border", "The line between two countries and the land along it."
    SEA = "sea", "Sea", "A sea or a part of one."
    SITE = "site", "Site", "A building, base or resort."


class DateBasis(Codelist):
    """How the date of an event is known."""

    EXPLICIT = "explicit", "Explicit", "A source gives the date."
    RELATIVE = (
        "relative",
        "Relative",
        "A source gives it relative to another date, such as last week, "
        "and it was resolved against that.",
    )
    INFERRED = "inferred", "Inferred", "It follows from the order of events or from context."


class EventType(Codelist):
    """What sort of act an event is: the sixteen types of PLOVER, in the form used by POLECAT.

    PLOVER runs from verbal cooperation (AGREE to CONCEDE) over material cooperation (COOPERATE to
    RETREAT) and verbal conflict (REQUEST to THREATEN) to material conflict (PROTEST to ASSAULT).
    The crosswalk names CAMEO's codes after PLOVER's conversion table. PLOVER codes planned
    cooperation as AGREE; here the announcing is AGREE, and the planned act, where it is an event of
    its own, has its own type and the status `planned`. Fortifying under MOBILIZE is our extension.
    """

    AGREE = (
        "AGREE",
        "Agree",
        "Agrees, offers, promises or announces an undertaking or future cooperation.",
        "CAMEO 03",
    )
    CONSULT = (
        "CONSULT",
        "Consult",
        "Meets, visits, calls, negotiates or holds a summit.",
        "CAMEO 04",
    )
    SUPPORT = (
        "SUPPORT",
        "Support",
        "Backs without material help: praises, endorses, certifies, recognises, "
        "opens or widens ties, signs or ratifies.",
        "CAMEO 05",
    )
    CONCEDE = (
        "CONCEDE",
        "Concede",
        "Yields in words, with no material effect yet: eases legal limits, pardons, regrets, "
        "declares a withdrawal not yet carried out.",
        "CAMEO 080-083 (not 0813, 0814)",
    )
    COOPERATE = (
        "COOPERATE",
        "Cooperate",
        "Works together materially to mutual benefit: joint exercises, trade, judicial help, "
        "shared intelligence, passage.",
        "CAMEO 06",
    )
    AID = (
        "AID",
        "Aid",
        "Gives money, arms, goods, protection or asylum, mainly for the recipient's good.",
        "CAMEO 07",
    )
    RETREAT = (
        "RETREAT",
        "Retreat",
        "Yields with immediate material effect: withdraws forces, releases captives, "
        "returns property, disarms, lifts sanctions, resigns.",
        "CAMEO 084-087, 0813, 0814",
    )
    REQUEST = (
        "REQUEST",
        "Request",
        "Asks, calls for, proposes or demands that another act, short of a threat or protest.",
        "CAMEO 10 (PLOVER drops 02)",
    )
    ACCUSE = (
        "ACCUSE",
        "Accuse",
        "Blames, criticises, disapproves, voices concern, complains, charges or investigates.",
        "CAMEO 09, 11",
    )
    REJECT = (
        "REJECT",
        "Reject",
        "Refuses, declines, vetoes, blocks, denies, defies or cancels a meeting.",
        "CAMEO 12",
    )
    THREATEN = (
        "THREATEN",
        "Threaten",
        "Warns of serious consequences to come: cut ties, bans, expulsion, sanctions, "
        "seizure or force.",
        "CAMEO 13",
    )
    PROTEST = (
        "PROTEST",
        "Protest",
        "Civilians act together against an actor: demonstrate, riot, strike, boycott, obstruct.",
        "CAMEO 14",
    )
    SANCTION = (
        "SANCTION",
        "Sanction",
        "Cuts existing relations: imposes sanctions, stops aid or trade, "
        "withdraws from a treaty or body, expels a member or mission.",
        "CAMEO 16",
    )
    MOBILIZE = (
        "MOBILIZE",
        "Mobilize",
        "Moves, raises, readies or tests forces or weapons, exercises alone, or fortifies, "
        "without using force; a joint exercise is COOPERATE.",
        "CAMEO 15",
    )
    COERCE = (
        "COERCE",
        "Coerce",
        "Uses power short of violence: arrests, seizes, deports, pushes people over a border, "
        "bans, censors, withholds services.",
        "CAMEO 17 (not 1712, 175), 191, 192",
    )
    ASSAULT = (
        "ASSAULT",
        "Assault",
        "Acts deliberately so as to harm people or destroy property: attacks, invades, fights, "
        "sabotages, abducts.",
        "CAMEO 18, 19 (not 191, 192), 20, 175, 1712",
    )


class EventStatus(Codelist):
    """Whether an event has taken place."""

    OCCURRED = "occurred", "Occurred", "A source shows that it took place, or is under way."
    PLANNED = "planned", "Planned", "Announced, and no source shows yet that it took place."
    CANCELLED = "cancelled", "Cancelled", "Announced, and called off."


class Certainty(Codelist):
    """How an event is asserted."""

    STATED = "stated", "Stated", "A source asserts it as a fact."
    ALLEGED = "alleged", "Alleged", "Somebody is said to assert it; the summary says who."
    DISPUTED = "disputed", "Disputed", "Sources differ over whether it happened."
    INFERRED = "inferred", "Inferred", "It follows from what a source says, without being said."


class EventRole(Codelist):
    """An actor's part in an event."""

    SOURCE = "source", "Source", "Does it."
    TARGET = "target", "Target", "It is done to."
    PARTICIPANT = "participant", "Participant", "Takes part on equal terms."
    HOST = "host", "Host", "It takes place at their invitation or on their ground."
    AFFECTED = (
        "mentioned-as-affected",
        "Mentioned as affected",
        "Named as touched by it, without taking part.",
    )


class Domain(Codelist):
    """What field of policy a commitment belongs to."""

    SPENDING = "defence-spending", "Defence spending", "How much is spent on defence."
    CAPABILITY = "capability", "Capability", "Acquiring or building forces and equipment."
    POSTURE = "force-posture", "Force posture", "Where forces stand and how ready they are."
    BORDER = "border-security", "Border security", "Guarding and watching a border."
    NUCLEAR = "nuclear", "Nuclear", "Nuclear weapons, deterrence and safeguards."
    ARMS_CONTROL = "arms-control", "Arms control", "Limits on weapons, and confidence building."
    AID = "aid", "Aid", "Money, arms or training given to another."
    EXERCISE = "exercise", "Exercise", "Training together."
    PARTNERSHIP = "partnership", "Partnership", "Institutional ties, dialogue and shared work."
    ALLIANCE = (
        "collective-defence",
        "Collective defence",
        "Mutual defence and decisions of an alliance.",
    )


class Bindingness(Codelist):
    """How strongly an undertaking binds, from the strongest form to the weakest.

    The crosswalk places each on the dimension of obligation in the scheme of Abbott, Keohane,
    Moravcsik, Slaughter and Snidal, "The Concept of Legalization" (International Organization 54:3,
    2000), which asks how far a text binds in law; this list orders forms, and the placing is ours.
    A norm stands beside the order.
    """

    TREATY = (
        "treaty",
        "Treaty",
        "A treaty, ratified or to be ratified.",
        "Legalization: obligation high once in force",
    )
    SIGNED_AGREEMENT = (
        "signed-agreement",
        "Signed agreement",
        "A text signed by both sides that is not a treaty, "
        "so not meant to bind under international law.",
        "Legalization: obligation low",
    )
    ADOPTED_DECISION = (
        "adopted-decision",
        "Adopted decision",
        "Decided by the body that can decide: a government, a parliament, a summit.",
        "Legalization: obligation varies (a law or budget binds at home; "
        "a summit text mostly little)",
    )
    ANNOUNCEMENT = (
        "official-announcement",
        "Official announcement",
        "Announced as decided by somebody in office, whose decision was not itself seen.",
        "Legalization: obligation low",
    )
    INTENT = (
        "statement-of-intent",
        "Statement of intent",
        "A plan, an aim or an expectation that the promisor has made known, "
        "or shown by work under way.",
        "Legalization: obligation low",
    )
    NORM = (
        "norm",
        "Norm",
        "A standing rule or guideline that members are held to, not legally binding.",
        "Legalization: obligation low",
    )


class CommitmentRole(Codelist):
    """An actor's part in a commitment."""

    PROMISOR = "promisor", "Promisor", "Undertakes it."
    BENEFICIARY = "beneficiary", "Beneficiary", "Is to gain from it."
    HOST = "host", "Host", "It is to be done on their ground."
    ADDRESSEE = "addressee", "Addressee", "It is promised to."


class Standing(Codelist):
    """What came of an aim, of a promise, or of one promisor's part in it; see `eastflank.outcomes`.

    The first eight rest on what a source shows, the last three follow from the date alone.
    """

    MET = "met", "Met", "It was reached, handed over or done."
    PARTLY_MET = "partly-met", "Partly met", "A part of it was reached, handed over or done."
    MISSED = (
        "missed",
        "Missed",
        "A source from after its date shows it unmet, and it can no longer come in time.",
    )
    REVERSED = "reversed", "Reversed", "It was reached, and undone by deeds or by later figures."
    UPHELD = "upheld", "Upheld", "What is to be kept or refrained from was, by the last source."
    BROKEN = "broken", "Broken", "What is to be kept or refrained from was not."
    WITHDRAWN = "withdrawn", "Withdrawn", "It was taken back."
    SUPERSEDED = "superseded", "Superseded", "Another commitment took its place."
    OVERDUE = (
        "overdue",
        "Overdue",
        "Its date has passed, and a source from after that shows it still undone.",
    )
    UNVERIFIED = (
        "unverified",
        "Unverified",
        "Its date has passed, and no source from after that speaks to it. Silence is not failure.",
    )
    PENDING = "pending", "Pending", "Its date is still to come, or it has none."


class Timing(Codelist):
    """How the day on which an aim was reached stands to a date; only whole intervals count."""

    EARLY = "early", "Early", "Every day on which it may have come lies before the date."
    IN_TIME = "in-time", "In time", "It came at the date, as exactly as the two are known."
    LATE = "late", "Late", "Every day on which it may have come lies after the date."
    NOT_DUE = "not-due", "Not due", "It has not come, and the date has not passed."
    PASSED = "passed", "Passed", "It has not come, and the date has passed."
    UNDATED = "undated", "Undated", "It has no date, or one without a last day."
    NOT_APPLICABLE = (
        "not-applicable",
        "Not applicable",
        "It is to be kept or refrained from, or it ended before its date came.",
    )


class Basis(Codelist):
    """What sort of statement a standing rests on."""

    FINAL_FIGURE = "final-figure", "Final figure", "A figure that its publisher calls final."
    ESTIMATE = (
        "estimate",
        "Estimate",
        "A figure marked as estimated: what is met is so provisionally.",
    )
    THIRD_PARTY = "third-party", "Third party", "The word of somebody other than the promisor."
    PROMISOR = "promisor", "Promisor", "The promisor's word alone."
    NONE = "none", "None", "Nothing but the date."


class Confidence(Codelist):
    """How far the sources bear a standing out."""

    CONFIRMED = (
        "confirmed",
        "Confirmed",
        "Two origins other than the promisor's, from after it, the best of C or better; or the "
        "measuring body's own edition, read itself or in copies that agree (grade A).",
    )
    SINGLE = "single", "Single", "One origin of C or better, or the promisor's word."
    WEAK = "weak", "Weak", "No source better than D, or none that does not repeat others."
    NONE = "none", "None", "It follows from the date alone."


class Form(Codelist):
    """What sort of thing is undertaken."""

    REACH = "reach", "Reach", "A level, number or state, by some day."
    GIVE = "give", "Give", "Things, money or help handed over."
    ACT = "act", "Act", "One deed: hold, sign, publish, decide."
    KEEP = "keep", "Keep", "A level or state that lasts; it is upheld or broken, never done."
    REFRAIN = "refrain", "Refrain", "Not to do something; it is upheld or broken, never done."


class Applies(Codelist):
    """Who owes what several promisors undertake."""

    JOINTLY = "jointly", "Jointly", "The promisors together owe one thing."
    EACH = "each", "Each", "Every promisor owes it by itself."


class Selected(Codelist):
    """How a commitment came into the dataset; only a census has a denominator."""

    CENSUS = "census", "Census", "A text that is coded whole makes it or speaks of it."
    NAMED = "named-by-corpus", "Named by a corpus", "A text that is coded whole led to it."
    FOLLOW_UP = "follow-up", "Follow-up", "What became of others led to it."


class CorpusKind(Codelist):
    """What is coded whole."""

    TEXT = "text", "Text", "One text or several, passage by passage."
    LIST = "list", "List", "A closed list, item by item."


class NoCommitment(Codelist):
    """Why a passage makes no commitment, or an item of a list stands for none."""

    BACKGROUND = "background", "Background", "Tells what was before, or what is."
    ASSESSMENT = "assessment", "Assessment", "Judges, praises, blames or forecasts."
    EVENT = "event", "Event", "Tells of something done, or of a decision carried out with it."
    CALL = "call-on-others", "Call on others", "Asks others to act."
    REPEATS = "repeats", "Repeats", "Says another passage again."
    NO_UNDERTAKING = "no-undertaking", "No undertaking", "Binds nobody to anything that lies ahead."
    NONE_MADE = "none-made", "None made", "No promise of its own was found."
    ALREADY_THERE = (
        "already-there",
        "Already there",
        "It was at the level when the others promised.",
    )
    NO_FORCES = "no-forces", "No forces", "It has no forces of its own."


class ReadAs(Codelist):
    """How a passage could be read."""

    WHOLE = "whole", "Whole", "Every word, in the language it was adopted in."
    PART = "part", "In part", "Some of its words."
    TRANSLATION = "translation", "In translation", "In another language, or back from one."


class LinkKind(Codelist):
    """How one commitment stands to another."""

    PART_OF = "part-of", "Part of", "It is a piece of the other."
    REPLACES = "replaces", "Replaces", "It took the other's place."
    IMPLEMENTS = "implements", "Implements", "It carries the other out."
    RESTATES = "restates", "Restates", "It says the other again."


class TitleBasis(Codelist):
    """Where a document's title is from."""

    AS_PRINTED = "as-printed", "As printed", "The document's own."
    DESCRIBED = "described", "Described", "Ours, as the document has none or it was not seen."
    FROM_ADDRESS = "from-address", "From the address", "Read off the address of the page."


class Comparator(Codelist):
    """How a target's value is to be compared with what is observed."""

    EXACTLY = "exactly", "Exactly", "That number, as a plain number was given."
    AT_LEAST = "at-least", "At least", "That number or more: a floor, or a level to be reached."
    AT_MOST = "at-most", "At most", "That number or less: a ceiling, or a time within which."
    UP_TO = "up-to", "Up to", "Any number up to that one, as in an order of up to twelve."
    MORE_THAN_BASELINE = (
        "more-than-baseline",
        "More than the baseline",
        "An increase, with no number given.",
    )


class Unit(Codelist):
    """What a value is counted in."""

    PERCENT_GDP = "percent-gdp", "% of GDP", "Percent of gross domestic product, in a year."
    PERSONS = "persons", "Persons", "People, soldiers or officers."
    ITEMS = "items", "Items", "Pieces of what the measure names: ships, batteries, states."
    PERCENT = "percent", "%", "Percent of what the measure names."
    KILOMETRES = "km", "Kilometres", "Kilometres."
    HOURS = "hours", "Hours", "Hours, also of readiness."
    DAYS = "days", "Days", "Days, also of readiness."
    YEARS = "years", "Years", "Years, also as an interval."
    USD = "USD", "US dollars", "US dollars, nominal.", "ISO 4217 USD"
    EUR = "EUR", "Euros", "Euros, nominal.", "ISO 4217 EUR"
    PLN = "PLN", "Zloty", "Polish zloty, nominal.", "ISO 4217 PLN"
    CAD = "CAD", "Canadian dollars", "Canadian dollars, nominal.", "ISO 4217 CAD"
    AUD = "AUD", "Australian dollars", "Australian dollars, nominal.", "ISO 4217 AUD"
    DKK = "DKK", "Danish kroner", "Danish kroner, nominal.", "ISO 4217 DKK"
    GBP = "GBP", "Pounds sterling", "Pounds sterling, nominal.", "ISO 4217 GBP"
    JPY = "JPY", "Yen", "Japanese yen, nominal.", "ISO 4217 JPY"
    KRW = "KRW", "Won", "South Korean won, nominal.", "ISO 4217 KRW"
    NOK = "NOK", "Norwegian kroner", "Norwegian kroner, nominal.", "ISO 4217 NOK"
    NZD = "NZD", "New Zealand dollars", "New Zealand dollars, nominal.", "ISO 4217 NZD"
    SEK = "SEK", "Swedish kronor", "Swedish kronor, nominal.", "ISO 4217 SEK"
    DATE = (
        "date",
        "Date",
        "The aim is a date: the value does not apply, and the due date carries it.",
    )


class MilestoneKind(Codelist):
    """What sort of turn a commitment took."""

    ANNOUNCED = "announced", "Announced", "Undertaken in public for the first time."
    REAFFIRMED = "reaffirmed", "Reaffirmed", "Said again, unchanged."
    REVISED = "revised", "Revised", "Its value, date or terms were changed."
    FUNDED = "funded", "Funded", "Money was provided."
    CONTRACTED = "contracted", "Contracted", "A contract or agreement to carry it out was signed."
    STARTED = "started", "Started", "Carrying it out began."
    PROGRESSED = "progressed", "Progressed", "A further step was done."
    DELAYED = "delayed", "Delayed", "It was said to be late."
    PARTLY_MET = "partly-met", "Partly met", "A part of it was reached."
    MET = "met", "Met", "It was reached."
    MISSED = (
        "missed",
        "Missed",
        "The date in force passed, or the occasion is over, "
        "and a later source says it was not kept.",
    )
    REVERSED = (
        "reversed",
        "Reversed",
        "What had counted as reached was undone, or fell by later figures.",
    )
    UPHELD = (
        "upheld",
        "Upheld",
        "Something was done under what is to last, or what is refrained from was not done.",
    )
    BROKEN = "broken", "Broken", "What was to be kept or refrained from was not."
    WITHDRAWN = "withdrawn", "Withdrawn", "It was taken back."
    SUPERSEDED = "superseded", "Superseded", "Another commitment took its place."


class ObservationKind(Codelist):
    """What standing a published value has."""

    ESTIMATE = "estimate", "Estimate", "Marked by its publisher as estimated or provisional."
    REVISED = "revised", "Revised", "Published again with another value."
    FINAL = "final", "Final", "Marked by its publisher as final, or no longer as an estimate."
    REPORTED = (
        "reported",
        "Reported",
        "A value given in passing by a source, of no stated standing.",
    )


class WatchpointKind(Codelist):
    """What sort of forward-looking statement a watchpoint is."""

    QUESTION = "question", "Question", "Asked openly."
    WARNING_SIGN = "warning-sign", "Warning sign", "Named as something to look out for."
    EXPECTATION = "expectation", "Expectation", "Forecast by the author."
    READING = "reading", "Reading", "The author's interpretation of what happened."
    PROPOSAL = (
        "proposal",
        "Proposal",
        "Called for, suggested or hinted at by somebody, and not agreed.",
    )


class WatchpointStatus(Codelist):
    """Whether it has come true."""

    OPEN = "open", "Open", "No source shows that it has, or cannot any more."
    OCCURRED = "occurred", "Occurred", "It has."
    PARTLY = "partly", "Partly", "Some of it has."
    DID_NOT_OCCUR = "did-not-occur", "Did not occur", "Its horizon has passed, and it has not."
    LAPSED = "lapsed", "Lapsed", "Its horizon has passed, and no source shows what came of it."
    CONTESTED = "contested", "Contested", "Sources differ."


class Stance(Codelist):
    """What a source does to what was stated first of a record. The record may follow either."""

    STATES = "states", "States", "The record, or its stated value, was coded from it."
    CONFIRMS = "confirms", "Confirms", "Says the same as was stated first, independently."
    REFINES = "refines", "Refines", "Says something narrower or more exact, not opposed."
    CONTRADICTS = (
        "contradicts",
        "Contradicts",
        "Says something that cannot hold together with what was stated first.",
    )


class EvidencedTable(Codelist):
    """The tables whose rows rest on evidence. Those of the first six must have some."""

    EVENTS = "events", "Events", "Evidence of an event."
    COMMITMENTS = "commitments", "Commitments", "Evidence of a commitment."
    TARGETS = "targets", "Targets", "Evidence of a target."
    MILESTONES = "milestones", "Milestones", "Evidence of a milestone."
    WATCHPOINTS = "watchpoints", "Watchpoints", "Evidence of a watchpoint."
    MEMBERSHIPS = "memberships", "Memberships", "Evidence of a membership or an office."
    ACTORS = "actors", "Actors", "Evidence of an actor's name or code."
    PLACES = "places", "Places", "Evidence of a place."


class Measure(Codelist):
    """What a target aims at and an observation measures.

    A measure is counted in one unit, sums of money in any one currency.
    """

    DEFENCE_SHARE_GDP = (
        "defence-spending-share-gdp",
        "Defence spending as a share of GDP",
        "Defence spending by NATO's definition in percent of gross domestic product.",
    )
    CORE_DEFENCE_SHARE = (
        "core-defence-share-gdp",
        "Core defence expenditure as a share of GDP",
        "What NATO counts since its edition of July 2026, in percent of gross domestic product: "
        "another basis than before, by which no promise made on the older one is judged.",
    )
    DEFENCE_EFFORT = (
        "defence-effort-share-gdp",
        "Defence effort as a share of GDP",
        "Defence spending in percent of gross domestic product as the promisor alone counts it, "
        "where NATO counts it otherwise.",
    )
    BORDER_GUARDS = (
        "border-guards",
        "Border guards",
        "Border guards of a state in all, on the border and in reserve; "
        "soldiers only where the source counts them in.",
    )
    BORDER_GUARDS_PERMANENT = (
        "border-guards-on-the-border",
        "Border guards on the border",
        "Of a state's border guards, those who stand permanently on the border that the commitment "
        "is about.",
    )
    BORDER_GUARDS_RESERVE = (
        "border-guards-in-reserve",
        "Border guards in reserve",
        "Of a state's border guards, those held in a reserve that is sent to the border when "
        "needed.",
    )
    DEPLOYMENT_TIME = (
        "deployment-time",
        "Deployment time",
        "Time from the call on a force until it is deployed.",
    )
    SUBMARINES = "submarines", "Submarines", "New submarines that a state buys or has built."
    ICEBREAKERS = (
        "icebreakers",
        "Icebreakers",
        "Icebreakers in service in the state or states named.",
    )
    INTERMEDIATE_RANGE_MISSILES = (
        "intermediate-range-missiles",
        "Intermediate-range missiles",
        "Missiles of the category that the INF Treaty does away with, "
        "held by its two parties together.",
    )
    MISSILE_DEPLOYMENT_START = (
        "missile-deployment-start",
        "Start of a missile deployment",
        "The time from which missiles of the type named in the target's title may be stationed on "
        "a state's territory.",
    )
    EXERCISE_DATE = (
        "exercise-date",
        "Date of an exercise",
        "The time at which a planned military exercise is to be held.",
    )
    ZAPAD_INTERVAL = (
        "zapad-exercise-interval",
        "Interval of Zapad",
        "Time from one Russian exercise of the series Zapad to the next.",
    )
    TSENTR_INTERVAL = (
        "tsentr-exercise-interval",
        "Interval of Tsentr",
        "Time from one Russian exercise of the series Tsentr to the next.",
    )
    LOAN_TO_UKRAINE = "loan-to-ukraine", "Loan to Ukraine", "Sum that a state lends to Ukraine."
    NATO_TRUST_FUND = (
        "nato-ukraine-trust-fund-contribution",
        "Contribution to the NATO trust fund for Ukraine",
        "Sum that a state pays into NATO's trust fund for Ukraine, "
        "over the time that the source means; a note says whether by the year or in all.",
    )
    TOTAL_SHARE_GDP = (
        "defence-and-security-spending-share-gdp",
        "Defence and security spending as a share of GDP",
        "Core defence and defence- and security-related spending together, "
        "as the Hague pledge of 2025 counts them, in percent of gross domestic product.",
    )
    RELATED_SHARE_GDP = (
        "security-related-spending-share-gdp",
        "Defence- and security-related spending as a share of GDP",
        "Spending on infrastructure, networks, resilience, innovation and industry, "
        "as the Hague pledge of 2025 counts it, in percent of gross domestic product.",
    )
    EQUIPMENT_SHARE = (
        "equipment-share-of-defence-spending",
        "Major equipment as a share of defence spending",
        "Spending on major equipment, research and development included, "
        "in percent of defence spending.",
    )
    DEFENCE_BUDGET = (
        "defence-spending",
        "Defence spending",
        "Sum that a state spends on defence in the time named, "
        "by its own definition unless a note says otherwise.",
    )
    PROGRAMME_MONEY = (
        "programme-money",
        "Money for a programme",
        "Sum that is set aside for, or spent on, the programme that the commitment is about.",
    )
    LOANS_RAISED = (
        "loans",
        "Loans",
        "Sum of loans taken up or granted for what the commitment is about.",
    )
    AID_TO_UKRAINE = (
        "aid-to-ukraine",
        "Aid to Ukraine",
        "Sum of aid to Ukraine of the kind, and over the time, that the target's title names.",
    )
    TROOPS_AT_BORDER = (
        "troops-for-border",
        "Troops for a border",
        "Soldiers of a state assigned to the guarding of a border, "
        "at the border and in reserve together.",
    )
    TROOPS_AT_BORDER_PERMANENT = (
        "troops-on-the-border",
        "Troops on the border",
        "Of the soldiers assigned to a border, those who stand there.",
    )
    TROOPS_AT_BORDER_RESERVE = (
        "troops-in-reserve-for-border",
        "Troops in reserve for a border",
        "Of the soldiers assigned to a border, those held in reserve for it.",
    )
    TROOPS = (
        "troops",
        "Troops",
        "Soldiers and civilian staff of the force that the commitment is about.",
    )
    TRAINED_PERSONS = "trained-persons", "Persons trained", "People trained under the commitment."
    PRISONERS_RELEASED = (
        "prisoners-released",
        "Prisoners released",
        "Political prisoners set free in the act or time named.",
    )
    FORTIFIED_LENGTH = (
        "fortified-length",
        "Length fortified",
        "Length of border along which barriers or fortifications of the programme stand or are to "
        "stand.",
    )
    FORTIFIED_SECTIONS = (
        "fortified-sections",
        "Sections fortified",
        "Sections of a fortification programme that are built.",
    )
    WATCH_TOWERS = "watch-towers", "Watch towers", "Masts or towers for watching a border."
    COMBAT_AIRCRAFT = (
        "f-16-aircraft",
        "F-16 aircraft",
        "F-16 aircraft promised, handed over or made ready.",
    )
    AIR_DEFENCE_SYSTEMS = (
        "air-defence-systems",
        "Strategic air-defence systems",
        "Batteries or systems of long-range air defence, "
        "of the types that the target's title names.",
    )
    TACTICAL_AIR_DEFENCE = (
        "tactical-air-defence-systems",
        "Tactical air-defence systems",
        "Systems of short- or medium-range air defence.",
    )
    INTERCEPTORS = "interceptors", "Interceptors", "Missiles for air defence."
    PATRIOT_BATTERIES = (
        "patriot-batteries",
        "Patriot batteries",
        "Batteries or fire units of the Patriot air-defence system.",
    )
    VEHICLES = (
        "vehicles",
        "Vehicles",
        "Armoured or other vehicles of the kind that the target's title names.",
    )
    STATES_TAKING_PART = (
        "participating-states",
        "States taking part",
        "States that take part in what the commitment is about.",
    )
    NEW_ICEBREAKERS = (
        "new-icebreakers",
        "New icebreakers",
        "Icebreakers that a state orders, or has built or is to have built, "
        "whoever is to sail them.",
    )
    SECURED_LENGTH = (
        "secured-length",
        "Length secured",
        "Length of border that barriers of the programme block, "
        "or that material stored near by can close quickly.",
    )
    STORAGE_SITES = (
        "storage-sites",
        "Storage sites",
        "Depots near a border in which material for barriers is kept ready.",
    )
    BORDER_GUARDS_ADDED = (
        "border-guards-added",
        "Border guards added",
        "Officers by whom a state's border guard is to be, or was, enlarged; an increase, "
        "not a strength.",
    )
    COUNTER_DRONE = (
        "counter-drone-batteries",
        "Counter-drone batteries",
        "Batteries of systems against drones, bought or ready.",
    )
    CONTRACT_VALUE = (
        "contract-value",
        "Value of a contract",
        "Sum for which the contract that the commitment is about was signed, "
        "or is said to be signed.",
    )
    MISSILE_SYSTEMS = (
        "missile-systems",
        "Missile systems",
        "Systems, complexes or launchers of ground-launched missiles, "
        "of the type that the target's title names.",
    )
    FIGHTER_AIRCRAFT = (
        "fighter-aircraft",
        "Fighter aircraft",
        "Fighter aircraft, of the types that the target's title names, promised, "
        "sent or handed over.",
    )
    WEAPON_RANGE = (
        "weapon-range",
        "Range of a weapon",
        "Distance over which a weapon that a state undertakes to develop or buy is to reach.",
    )
    CIVILIAN_STAFF = (
        "civilian-staff",
        "Civilian staff",
        "Civilians employed with the force that the commitment is about.",
    )
    TROOPS_WITHDRAWN = (
        "troops-withdrawn",
        "Troops withdrawn",
        "Soldiers that a state takes away from the place that the commitment is about.",
    )
    START_DATE = (
        "start-date",
        "Date of a start",
        "The time at which what the target's title names is to begin.",
    )
    COMPLETION_DATE = (
        "completion-date",
        "Date of completion",
        "The time by which what the target's title names is to be complete or in service.",
    )
    DECISION_DATE = (
        "decision-date",
        "Date of a decision",
        "The time by which what the target's title names is to be decided, signed or reviewed.",
    )
    ALLIES_AT_2PCT = (
        "allies-at-2pct-gdp",
        "Allies at 2% of GDP",
        "Allies that spend at least 2% of GDP on defence in a year, "
        "as NATO or the source counts them.",
    )
    NATO_MEMBERS = "nato-members", "Members of NATO", "States that are members of NATO."


class DatePrecision(Codelist):
    """How exact a date is."""

    DAY = "day", "Day", "One day.", "EDTF YYYY-MM-DD"
    MONTH = "month", "Month", "Some time in one month.", "EDTF YYYY-MM"
    SEASON = (
        "season",
        "Season",
        "Some time in one season, of three calendar months.",
        "EDTF YYYY-21 to YYYY-24",
    )
    YEAR = "year", "Year", "Some time in one year.", "EDTF YYYY"
    DECADE = "decade", "Decade", "Some time in one decade.", "EDTF YYYX"
    CENTURY = (
        "century",
        "Century",
        "Some time in the hundred years that share two digits.",
        "EDTF YYXX",
    )
    INTERVAL = (
        "interval",
        "Interval",
        "From one date to another; an open end has no earliest or latest day.",
        "EDTF date/date",
    )


ORDERED: tuple[type[Codelist], ...] = (
    Reliability,
    Credibility,
    Confidence,
    Bindingness,
    DatePrecision,
)
"""The lists whose codes have an order, from the best, strongest or finest on.

Columns of these are ordered categories, so that `reliability <= "B"` can be asked. The last code of
a list stands beside its order and not at the end of it: F and 6 are no grade, a norm binds in
another way, an interval may be of any length; only `none` is the least.
"""
