"""What follows, told once more: the outcomes, in plain loops, from the coding manual alone.

A second implementation of the chapter "What follows: outcomes" of `seeds/CODING.md`, for tests.
It shares no code with the first one. Where the manual leaves something open, a comment that begins
with `Open:` says what was chosen.
"""

import re
from dataclasses import dataclass, field
from functools import wraps

import pandas as pd

TURN_KINDS = (
    "announced",
    "reaffirmed",
    "revised",
    "funded",
    "contracted",
    "started",
    "progressed",
    "delayed",
    "partly-met",
    "met",
    "missed",
    "reversed",
    "upheld",
    "broken",
    "withdrawn",
    "superseded",
)
GIVES_A_STANDING = {
    "met",
    "partly-met",
    "missed",
    "reversed",
    "upheld",
    "broken",
    "withdrawn",
    "superseded",
}
ENDS_A_PROMISE = {"met", "missed", "withdrawn", "superseded"}
TAKES_IT_BACK = {"withdrawn", "superseded"}
SHOWS_IT_UNDONE = {"reaffirmed", "funded", "contracted", "started", "progressed", "delayed"}
HAS_NO_VOICE = {"aggregator", "encyclopedia"}
C_OR_BETTER = {"A", "B", "C"}
LASTS = {"keep", "refrain"}
FIGURES_CAN_DECIDE = {"exactly", "at-least", "at-most"}
SHARE_OF_GDP = "defence-spending-share-gdp"
WORST_FIRST = ("broken", "reversed", "overdue", "unverified")
BEFORE_ALL_TIME = pd.Timestamp.min


# The record


@dataclass
class Record:
    """All rows there are, and the day as of which they are judged."""

    day: pd.Timestamp
    actors: dict
    sources: dict
    commitments: dict
    targets: dict
    turns: list
    observations: list
    promisors: dict
    evidence: dict
    remembered: dict = field(default_factory=dict)


def once(find):
    """A function of a record and of a row, or of a promise, that finds each thing but once."""

    @wraps(find)
    def found(record, of):
        # What was asked for is kept beside the answer, so that no other takes its identity.
        key = find.__name__, id(of)
        if key not in record.remembered:
            record.remembered[key] = of, find(record, of)
        return record.remembered[key][1]

    return found


@dataclass
class Promise:
    """What one outcome tells of: a target or a whole commitment, and who owes it."""

    outcome_id: str
    commitment: dict
    target: dict | None
    promisors: list
    is_one_of_several: bool
    has_siblings: bool


@dataclass
class Level:
    """What there is by one period, and the observation that says so."""

    observation: dict
    amount: float


@dataclass
class Decision:
    """A standing, and the turn or the figure on which it rests; neither, where the date decides."""

    standing: str
    turn: dict | None = None
    figure: dict | None = None


def rows_of(frame):
    """The rows of a frame; whatever is missing is None."""
    names, cells = list(frame), frame.astype(object).where(frame.notna(), None)
    return [dict(zip(names, row, strict=True)) for row in cells.itertuples(index=False, name=None)]


def by_id(frame, column):
    """The rows of a frame by their id."""
    return {row[column]: row for row in rows_of(frame)}


def record_of(tables, day):
    """The rows of all tables that matter."""
    promisors = {}
    for row in rows_of(tables["commitment_actors"]):
        if row["role"] == "promisor":
            promisors.setdefault(row["commitment_id"], []).append(row["actor_id"])
    evidence = {}
    for row in rows_of(tables["evidence"]):
        evidence.setdefault((row["record_table"], row["record_id"]), []).append(row)
    return Record(
        day=day,
        actors=by_id(tables["actors"], "actor_id"),
        sources=by_id(tables["sources"], "source_id"),
        commitments=by_id(tables["commitments"], "commitment_id"),
        targets=by_id(tables["targets"], "target_id"),
        turns=rows_of(tables["milestones"]),
        observations=rows_of(tables["observations"]),
        promisors=promisors,
        evidence=evidence,
    )


# What is known


def last_day(row, column="date"):
    """The last day of a date, or its first where the end is open."""
    return row[column + "_latest"] or row[column + "_earliest"]


def public_from(source):
    """The last day that its date may mean, or that on which it was read, if earlier."""
    days = [source["published_latest"], source["accessed_latest"]]
    return min(day for day in days if day is not None)


def speakers(record, table, row_id, since):
    """The sources that speak to a record, public on or after a day, each once."""
    # Open: who contradicts one field of a record does speak to it; who denies the whole does not.
    rows = record.evidence.get((table, row_id), [])
    speak = [row for row in rows if row["field"] is not None or row["stance"] != "contradicts"]
    return sources_of(record, speak, since)


def witnesses(record, turn):
    """The sources that do not contradict a turn in anything, public on or after its last day."""
    # Who contradicts it counts where another row of its evidence does not.
    rows = record.evidence.get(("milestones", turn["milestone_id"]), [])
    behind = [row for row in rows if row["stance"] != "contradicts"]
    return sources_of(record, behind, last_day(turn))


def sources_of(record, rows, since):
    """The sources of some rows of evidence, public on or after a day, each once."""
    sources = [record.sources[source_id] for source_id in {row["source_id"] for row in rows}]
    return [source for source in sources if public_from(source) >= since]


def first_heard(record, table, row_id, since):
    """The day on which the first of these sources was public; None if there is none."""
    return first_public(speakers(record, table, row_id, since))


def first_public(sources):
    """The day on which the first of some sources was public; None if there is none."""
    return min((public_from(source) for source in sources), default=None)


def latest_of(days):
    """The latest of some days; None if any is, for what is never known makes nothing known."""
    return None if None in days else max(days)


@once
def commitment_known_from(record, commitment):
    """The first source from its last day on that speaks to it, to a target or to a milestone."""
    commitment_id = commitment["commitment_id"]
    since = last_day(commitment) or BEFORE_ALL_TIME
    heard = [first_heard(record, "commitments", commitment_id, since)]
    for target in record.targets.values():
        if target["commitment_id"] == commitment_id:
            heard.append(first_heard(record, "targets", target["target_id"], since))
    for turn in record.turns:
        if turn["commitment_id"] == commitment_id:
            heard.append(first_heard(record, "milestones", turn["milestone_id"], since))
    return min((day for day in heard if day is not None), default=None)


@once
def target_known_from(record, target):
    """Its first source, or that of a milestone that names it, but never before its commitment."""
    commitment = record.commitments[target["commitment_id"]]
    heard = [first_heard(record, "targets", target["target_id"], BEFORE_ALL_TIME)]
    for turn in record.turns:
        if turn["target_id"] == target["target_id"]:
            heard.append(first_heard(record, "milestones", turn["milestone_id"], BEFORE_ALL_TIME))
    heard = [day for day in heard if day is not None]
    own = min(heard) if heard else None
    return latest_of([own, commitment_known_from(record, commitment)])


@once
def turn_known_from(record, turn):
    """Its first source from its last day on; never before its commitment and its target."""
    commitment = record.commitments[turn["commitment_id"]]
    days = [first_public(witnesses(record, turn))]
    days.append(commitment_known_from(record, commitment))
    if turn["target_id"] is not None:
        days.append(target_known_from(record, record.targets[turn["target_id"]]))
    return latest_of(days)


def is_known(record, known_from):
    """Whether something is known on the day of judgement."""
    return known_from is not None and known_from <= record.day


# Whose word


def own_voice(source):
    """A source's publisher; none for an aggregator or encyclopedia."""
    return None if source["kind"] in HAS_NO_VOICE else source["publisher"]


def voice(record, source):
    """Its own voice, that of its origin's publisher, or that of its origin itself."""
    origin = source["origin_id"]
    if origin is None:
        return own_voice(source)
    if origin in record.sources:
        return own_voice(record.sources[origin])
    return word_of_an_actor(record, origin) or house_of(record, origin) or origin


def word_of_an_actor(record, origin):
    """The name by which the actor publishes with whose id an origin begins; None if with none."""
    parts = origin.split("-")
    starts = ["-".join(parts[:length]) for length in range(1, len(parts))]
    actors = [record.actors[start] for start in starts if start in record.actors]
    if not actors:
        return None
    if actors[-1]["kind"] != "state":
        return actors[-1]["name"]
    names = [words + actors[-1]["name"] for words in ("Government of ", "Government of the ")]
    publishers = {source["publisher"] for source in record.sources.values()}
    return next((name for name in names if name in publishers), names[0])


def house_of(record, origin):
    """The publisher of the first source whose id has the same words before the date; or None."""
    words = before_the_date(origin)
    alike = (
        each for each in record.sources.values() if before_the_date(each["source_id"]) == words
    )
    return next(alike, {"publisher": None})["publisher"] if words else None


def before_the_date(name):
    """The words before the first year, or before "nd", in a name; None if there is neither."""
    parts = name.split("-")
    years = {str(year) for year in range(1900, 2100)}
    ends = [place for place, part in enumerate(parts) if place and part in years | {"nd"}]
    return "-".join(parts[: ends[0]]) if ends else None


def voices(record, sources):
    """The voices of some sources, without those that have none."""
    return {voice(record, source) for source in sources} - {None}


def whole_chain(record, actor_id):
    """The actor, and whatever it is a part of."""
    chain = []
    while actor_id is not None and actor_id not in chain:
        chain.append(actor_id)
        actor_id = record.actors[actor_id]["parent_id"]
    return [record.actors[actor_id] for actor_id in chain]


def names_of_own(record, promisors):
    """The promisors themselves, and the organisations of which they are a part."""
    # Open: "is a part" is read as `parent_id`; a state that is a member of NATO is no part of it.
    names = set()
    for promisor in promisors:
        itself, *wholes = whole_chain(record, promisor)
        names.add(itself["name"])
        names |= {whole["name"] for whole in wholes if whole["kind"] == "organisation"}
    return names


def states_of_own(record, promisors):
    """The states whose government is the promisors' own."""
    chains = [whole_chain(record, promisor) for promisor in promisors]
    return {actor["name"] for chain in chains for actor in chain if actor["kind"] == "state"}


def governed_states(publisher):
    """The states of which a publisher is the government."""
    # Open: a text of several governments together ("Governments of A, B and C") is each one's own.
    if publisher.startswith("Governments of "):
        names = re.split(r", | and ", publisher.removeprefix("Governments of "))
    elif publisher.startswith("Government of "):
        names = [publisher.removeprefix("Government of ")]
    else:
        names = []
    return {name.removeprefix("the ") for name in names}


def is_own(record, promisors, publisher):
    """Whether a voice is the promisors' own."""
    if publisher in names_of_own(record, promisors):
        return True
    return bool(governed_states(publisher) & states_of_own(record, promisors))


def voices_of_others(record, promise, sources):
    """The voices that are not the promisor's own."""
    # Open: a turn is as firm for one promisor as for another, so that the voice of each of them is
    # the promisor's own, also where each owes it by itself.
    promisors = record.promisors.get(promise.commitment["commitment_id"], [])
    return {each for each in voices(record, sources) if not is_own(record, promisors, each)}


# How firm a turn is


def witnesses_of_turn(record, turn):
    """The turn's sources from on or after its last day that are public by now."""
    return [source for source in witnesses(record, turn) if public_from(source) <= record.day]


def firmness(record, promise, turn):
    """Weak, single or confirmed."""
    sources = witnesses_of_turn(record, turn)
    if not any(source["reliability"] in C_OR_BETTER for source in sources):
        return "weak"
    if not voices(record, sources):
        return "weak"
    return "confirmed" if len(voices_of_others(record, promise, sources)) >= 2 else "single"


def is_only_reported(record, promise, turn):
    """A turn that would end a promise and is weak."""
    return turn["kind"] in ENDS_A_PROMISE and firmness(record, promise, turn) == "weak"


# The turns


def is_about(promise, turn):
    """Whether a turn is about the target or the whole, and about no other promisor."""
    if turn["commitment_id"] != promise.commitment["commitment_id"]:
        return False
    if turn["actor_id"] is not None and list(promise.promisors) != [turn["actor_id"]]:
        return False
    return turn["target_id"] is None or names_the_target(promise, turn)


def names_the_target(promise, turn):
    """Whether a turn names the promise's target."""
    return promise.target is not None and turn["target_id"] == promise.target["target_id"]


@once
def turns_of(record, promise):
    """The known turns: by last day, then by the day from which they were known, then by kind."""
    known = []
    for turn in record.turns:
        if is_about(promise, turn):
            known_from = turn_known_from(record, turn)
            if is_known(record, known_from):
                order = (last_day(turn), known_from, TURN_KINDS.index(turn["kind"]))
                known.append((order, turn["milestone_id"], turn))
    return [turn for _, _, turn in sorted(known, key=lambda entry: entry[:2])]


@once
def turns_that_count(record, promise):
    """The known turns without those that are only reported."""
    return [
        turn for turn in turns_of(record, promise) if not is_only_reported(record, promise, turn)
    ]


def reported(record, promise):
    """The kind of the last turn that is only reported."""
    kinds = [
        turn["kind"]
        for turn in turns_of(record, promise)
        if is_only_reported(record, promise, turn)
    ]
    return kinds[-1] if kinds else None


def opens_again(promise, decisive, turn):
    """Whether it was missed, and a turn revises the target to a date that ends after that turn."""
    if not decisive or decisive["kind"] != "missed" or not sets_a_date(promise, turn):
        return False
    # Open: "that turn" is read as the revision; a date with no end does not end before it.
    return turn["due_latest"] is None or turn["due_latest"] > last_day(turn)


def decision_by_turns(record, promise):
    """The last turn decides; None if none gives a standing, or it was opened again."""
    decisive = None
    for turn in turns_that_count(record, promise):
        # Open: what was met stays met also if the promise is announced again.
        if decisive and decisive["kind"] == "met" and turn["kind"] != "reversed":
            continue
        if turn["kind"] in GIVES_A_STANDING:
            decisive = turn
        elif turn["kind"] == "announced" or opens_again(promise, decisive, turn):
            decisive = None
    return decisive and Decision(decisive["kind"], turn=decisive)


# The date


def interval(row, column):
    """The first and last day of a date."""
    return row[column + "_earliest"], row[column + "_latest"]


def first_date(promise):
    """The date first promised; none for a commitment without targets."""
    return (None, None) if promise.target is None else interval(promise.target, "due")


def sets_a_date(promise, turn):
    """Whether a turn revises the target and gives a date."""
    return (
        turn["kind"] == "revised"
        and names_the_target(promise, turn)
        and interval(turn, "due") != (None, None)
    )


def date_in_force(record, promise, revised_until=None):
    """The first date, or that of the last revision that gives one (and was made in time)."""
    date = first_date(promise)
    for turn in turns_of(record, promise):
        in_time = revised_until is None or last_day(turn) <= revised_until
        if in_time and sets_a_date(promise, turn):
            date = interval(turn, "due")
    return date


def has_passed(record, date):
    """Whether the last day of a date has passed."""
    return date[1] is not None and date[1] < record.day


def shows_it_undone(promise, turn):
    """Whether a turn is of a kind that shows it still undone, and about this target."""
    if turn["kind"] not in SHOWS_IT_UNDONE:
        return False
    if names_the_target(promise, turn) or not promise.has_siblings:
        return True
    return turn["kind"] == "delayed"


def decision_by_date(record, promise):
    """Overdue or unverified where the date has passed, else pending."""
    date = date_in_force(record, promise)
    if not has_passed(record, date):
        return Decision("pending")
    # Open: a turn is from after the date if its last day is; its date may begin before.
    for turn in turns_of(record, promise):
        if last_day(turn) > date[1] and shows_it_undone(promise, turn):
            return Decision("overdue")
    return Decision("unverified")


# The figures


def sets_a_value(promise, turn):
    """Whether a turn revises the target and gives a value."""
    return (
        turn["kind"] == "revised"
        and names_the_target(promise, turn)
        and turn["value_low"] is not None
    )


def value_in_force(record, promise):
    """The lowest and highest value: the target's, or the last that a revision gives."""
    low, high = promise.target["value_low"], promise.target["value_high"]
    for turn in turns_of(record, promise):
        if sets_a_value(promise, turn):
            low, high = turn["value_low"], turn["value_high"]
    return low, high


def figures_can_decide(record, promise):
    """Only where the comparator is one of three and there is a value."""
    if promise.target is None or promise.target["comparator"] not in FIGURES_CAN_DECIDE:
        return False
    return value_in_force(record, promise)[0] is not None


def is_share_of_its_only_promisor(promise, observation):
    """Whether it is a share of GDP that the only promisor undertook, since the promise."""
    return (
        promise.target["measure"] == observation["measure"] == SHARE_OF_GDP
        and promise.promisors == [observation["actor_id"]]
        and observation["target_id"] is None
        and last_day(observation, "period") >= (last_day(promise.commitment) or BEFORE_ALL_TIME)
    )


def tells_of(promise, observation):
    """Whether an observation names the target (and the promisor), or is such a share."""
    if observation["target_id"] == promise.target["target_id"]:
        return not promise.is_one_of_several or observation["actor_id"] in promise.promisors
    return is_share_of_its_only_promisor(promise, observation)


def counts_as_figure(record, observation):
    """C or better, public by now, and from on or after the last day of its period."""
    source = record.sources[observation["source_id"]]
    if source["reliability"] not in C_OR_BETTER or observation["value_low"] is None:
        return False
    return last_day(observation, "period") <= public_from(source) <= record.day


def is_newer(record, observation, other):
    """Of two figures of a period, the one public later; of one day, a final one before another."""

    # Open: of two of one day and one standing, the last by its id is kept.
    def rank(figure):
        public = public_from(record.sources[figure["source_id"]])
        return public, figure["kind"] == "final", figure["observation_id"]

    return rank(observation) > rank(other)


def newest_figures(record, promise):
    """Of each period the newest figure that counts, in order of time."""
    newest = {}
    for observation in record.observations:
        if tells_of(promise, observation) and counts_as_figure(record, observation):
            period = (observation["period_latest"], observation["period_earliest"])
            if period not in newest or is_newer(record, observation, newest[period]):
                newest[period] = observation

    def order(figure):
        # Open: of two periods that end on one day, that comes last whose figure was public later.
        public = public_from(record.sources[figure["source_id"]])
        is_final = figure["kind"] == "final"
        return last_day(figure, "period"), public, is_final, figure["observation_id"]

    return sorted(newest.values(), key=order)


def levels_of(record, promise):
    """What there was by each period: the figure itself, or the sum of the parts until then."""
    # Open: figures tell only where at least one counts; a target of which there is nothing but a
    # forecast, or a figure of a source worse than C, is left to the turns.
    if not figures_can_decide(record, promise):
        return []
    levels, total = [], 0
    for observation in newest_figures(record, promise):
        if is_before_what_lasts(record, promise, observation):
            continue
        amount = figure_of(promise, observation)
        if came_in_parts(observation):
            total += amount
            amount = total
        levels.append(Level(observation, amount))
    return levels


def is_before_what_lasts(record, promise, observation):
    """Whether a figure is of a time before that from which something is to last."""
    begins = date_in_force(record, promise)[0]
    return lasts(promise) and begins is not None and last_day(observation, "period") < begins


def figure_of(promise, observation):
    """The figure; of a range, the end that is farther from the aim."""
    # Open: the manual says which end of the promised range counts, and not of the observed one.
    end = "value_high" if promise.target["comparator"] == "at-most" else "value_low"
    return observation[end]


def is_at_level(record, promise, level):
    """Whether a level is the one to be reached."""
    low, high = value_in_force(record, promise)
    if promise.target["comparator"] == "at-most":
        return level.amount <= high
    return level.amount >= low


def came_in_parts(observation):
    """Whether a figure is what came in its period alone."""
    return observation["cumulative"] is not None and not observation["cumulative"]


def is_count(level):
    """Whether a figure counts things: all so far, or what came in its period."""
    return level.observation["cumulative"] is not None


def first_at_level(record, promise, levels):
    """The first period at the level; None if it never was."""
    for level in levels:
        if is_at_level(record, promise, level):
            return level
    return None


def spells_at_level(record, promise, levels):
    """The spells in which a level was there: the figure that begins each, and that which ends it.

    The last one may have no end. What is counted is no level: it came once, and stays.
    """
    spells, began = [], None
    for level in levels:
        there = is_at_level(record, promise, level)
        if there and began is None:
            began = level
        if not there and began is not None and not is_count(level):
            spells.append((began, level))
            began = None
    return spells if began is None else [*spells, (began, None)]


def decision_by_figures(record, promise, levels):
    """What the figures decide; None if nothing."""
    newest, first = levels[-1], first_at_level(record, promise, levels)
    date_ends = date_in_force(record, promise)[1]
    if lasts(promise):
        return decision_on_what_lasts(record, promise, levels)
    if is_at_level(record, promise, newest):
        since, _ = spells_at_level(record, promise, levels)[-1]
        return Decision("met", figure=since.observation)
    if first is not None:
        if is_count(newest) and form_of(promise) == "give":
            return Decision("met", figure=first.observation)
        return Decision("reversed", figure=newest.observation)
    # Open: of a ceiling that was never kept, nothing "has come".
    if is_count(newest) and newest.amount > 0 and promise.target["comparator"] != "at-most":
        return Decision("partly-met", figure=newest.observation)
    if date_ends is not None and last_day(newest.observation, "period") >= date_ends:
        return Decision("missed", figure=newest.observation)
    return None


def decision_on_what_lasts(record, promise, levels):
    """Broken by the last period below the level; upheld where there is none."""
    below = [level for level in levels if not is_at_level(record, promise, level)]
    if below:
        return Decision("broken", figure=below[-1].observation)
    return Decision("upheld", figure=levels[-1].observation)


def decision_by_withdrawal(record, promise):
    """The last turn, if it withdraws or replaces the promise."""
    decision = decision_by_turns(record, promise)
    return decision if decision and decision.standing in TAKES_IT_BACK else None


# The outcome


def form_of(promise):
    """The target's form, or the commitment's where it has none."""
    return (promise.target or promise.commitment)["form"]


def lasts(promise):
    """Whether what is undertaken is never done for good."""
    return form_of(promise) in LASTS


def decide(record, promise, levels):
    """The figures decide alone; elsewhere the last turn; where no source decides, the date."""
    if levels:
        # Open: a promise can be taken back whatever the figures say, unless they say that it is
        # met.
        decision = decision_by_figures(record, promise, levels)
        if decision is None or decision.standing != "met":
            decision = decision_by_withdrawal(record, promise) or decision
    else:
        decision = decision_by_turns(record, promise)
    return decision or decision_by_date(record, promise)


def when_reached(record, promise, levels, ends):
    """The first period at the level that was not over by the last day of a date, or the first turn
    `met`: its row, and its date's column.
    """
    for began, ended in spells_at_level(record, promise, levels):
        if ended is None or ends is None or last_day(ended.observation, "period") > ends:
            return began.observation, "period"
    if levels:
        return None, None
    for turn in turns_that_count(record, promise):
        if turn["kind"] == "met":
            return turn, "date"
    return None, None


def timing(record, promise, decision, reached, date):
    """When it came, against a date: two intervals, or None if it was not reached."""
    if lasts(promise):
        return "not-applicable"
    starts, ends = date
    if ends is None:
        taken_back = decision.standing in TAKES_IT_BACK and reached is None
        return "not-applicable" if taken_back else "undated"
    if reached is not None:
        if reached[0] is not None and reached[0] > ends:
            return "late"
        if reached[1] is not None and starts is not None and reached[1] < starts:
            return "early"
        return "in-time"
    # Open: "before its date" is on or before its last day.
    if decision.standing in TAKES_IT_BACK and last_day(decision.turn) <= ends:
        return "not-applicable"
    return "passed" if has_passed(record, date) else "not-due"


def date_for_timing(record, promise, reached):
    """The date in force when it was reached or, where it was not, when the first date passed."""
    # Open: where a first date has no last day, no revision comes too late.
    until = first_date(promise)[1] if reached is None else reached[1] or reached[0]
    return date_in_force(record, promise, revised_until=until)


def degree(record, promise, levels):
    """The newest figure, or the sum of the parts, over the lowest value in force."""
    if not levels or promise.target["comparator"] == "at-most":
        return None
    low, _ = value_in_force(record, promise)
    return levels[-1].amount / low if low else None


def basis(record, promise, decision):
    """What the standing rests on."""
    if decision.figure:
        kinds = {"final": "final-figure", "reported": "third-party"}
        return kinds.get(decision.figure["kind"], "estimate")
    if decision.turn:
        sources = witnesses_of_turn(record, decision.turn)
        if voices_of_others(record, promise, sources) or not voices(record, sources):
            return "third-party"
        return "promisor"
    # Open: `overdue` is put here too, although a turn shows it: "where no source decides, the date
    # does".
    return "none"


def confidence(record, promise, decision):
    """How far the sources bear the standing out."""
    if decision.figure:
        source = record.sources[decision.figure["source_id"]]
        is_first_hand_data = source["kind"] == "data" and source["origin_id"] is None
        read_itself = is_first_hand_data and source["reliability"] == "A"
        return "confirmed" if read_itself else "single"
    if decision.turn:
        return firmness(record, promise, decision.turn)
    return "none"


@once
def outcome(record, promise):
    """All that is told of one promise."""
    levels = levels_of(record, promise)
    decision = decide(record, promise, levels)
    row, column = when_reached(record, promise, levels, first_date(promise)[1])
    reached_first = row and interval(row, column)
    date_then = date_for_timing(record, promise, reached_first)
    row, column = when_reached(record, promise, levels, date_then[1])
    reached = row and interval(row, column)
    return {
        "standing": decision.standing,
        "timing_first": timing(record, promise, decision, reached_first, first_date(promise)),
        "timing_current": timing(record, promise, decision, reached, date_then),
        "reached": row and row[column],
        "degree": degree(record, promise, levels),
        "basis": basis(record, promise, decision),
        "confidence": confidence(record, promise, decision),
        "reported": reported(record, promise),
    }


# Which outcomes there are


def known_commitments(record):
    """The commitments known on the day."""
    # Open: what is not known has no outcome; "judged from what was known on that day".
    return [
        commitment
        for commitment in record.commitments.values()
        if is_known(record, commitment_known_from(record, commitment))
    ]


@once
def known_targets(record, commitment):
    """The targets of a commitment known on the day."""
    return [
        target
        for target in record.targets.values()
        if target["commitment_id"] == commitment["commitment_id"]
        and is_known(record, target_known_from(record, target))
    ]


@once
def promises_of(record, commitment):
    """One a target, or one for each of several promisors; one where there is no target."""
    promisors = record.promisors.get(commitment["commitment_id"], [])
    targets = known_targets(record, commitment)
    if not targets:
        commitment_id = commitment["commitment_id"]
        return [Promise(commitment_id, commitment, None, promisors, False, False)]
    promises = []
    for target in targets:
        has_siblings = len(targets) > 1
        target_id = target["target_id"]
        if target["applies"] == "each" and len(promisors) > 1:
            for actor_id in promisors:
                own_id = f"{target_id}-by-{actor_id}"
                promises.append(Promise(own_id, commitment, target, [actor_id], True, has_siblings))
        else:
            promises.append(Promise(target_id, commitment, target, promisors, False, has_siblings))
    return promises


def plain_outcomes(record):
    """What came of each promise that was known on the day, by outcome_id."""
    return {
        promise.outcome_id: outcome(record, promise)
        for commitment in known_commitments(record)
        for promise in promises_of(record, commitment)
    }


# The status of a commitment


def is_whole(record, promise):
    """Whether a promise is about a target that is part of no other known, or about a commitment."""
    known = [target["target_id"] for target in known_targets(record, promise.commitment)]
    return promise.target is None or promise.target["component_of"] not in known


def common(standings):
    """The standing that all have; None if they differ."""
    return standings[0] if len(set(standings)) == 1 else None


def status(standings):
    """What a commitment's outcomes make of it."""
    standing_of_all = common(standings)
    if standing_of_all:
        return standing_of_all
    rest = [standing for standing in standings if standing not in TAKES_IT_BACK]
    if not rest:
        return "withdrawn"
    standing_of_rest = common(rest)
    if standing_of_rest:
        return standing_of_rest
    for standing in WORST_FIRST:
        if standing in rest:
            return standing
    return "partly-met" if {"met", "partly-met", "missed"} & set(rest) else "pending"


def plain_status(record):
    """The status of each commitment that was known on the day, by commitment_id."""
    statuses = {}
    for commitment in known_commitments(record):
        promises = promises_of(record, commitment)
        wholes = [promise for promise in promises if is_whole(record, promise)]
        standings = [outcome(record, promise)["standing"] for promise in wholes]
        statuses[commitment["commitment_id"]] = status(standings)
    return statuses
