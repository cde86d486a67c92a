"""A commitment lives from its announcement on,
and its turns tell that life without contradiction.
"""

import pandas as pd

from eastflank import outcomes
from eastflank.claims import under
from eastflank.codelists import CommitmentRole, LinkKind, MembershipRole, MilestoneKind
from eastflank.derived import with_known_from
from schemas.rules.base import is_in, look_up, none_of, rule


@rule("milestones", "date")
def no_milestone_comes_before_its_commitment(milestones, commitments):
    """a milestone does not end before its commitment was undertaken"""
    made = look_up(milestones["commitment_id"], commitments, "date_earliest")
    return ~(milestones["date_latest"] < made)


@rule("commitments", "commitment_id")
def every_commitment_has_a_milestone(commitments, milestones):
    """every commitment has a milestone, mostly one of kind `announced`"""
    return is_in(commitments["commitment_id"], milestones["commitment_id"])


@rule("milestones", "date")
def no_milestone_comes_before_the_announcement(milestones):
    """no milestone ends before the first `announced` one of its commitment begins"""
    announced = milestones[milestones["kind"] == MilestoneKind.ANNOUNCED]
    first = announced.groupby("commitment_id")["date_earliest"].min()
    began = first.reindex(milestones["commitment_id"]).set_axis(milestones.index)
    return ~(milestones["date_latest"] < began)


@rule("milestones", "date")
def what_is_announced_has_the_date_of_its_commitment(milestones, commitments):
    """the first `announced` milestone of a commitment has the date on which it was undertaken"""
    announced = milestones[milestones["kind"] == MilestoneKind.ANNOUNCED]
    made = look_up(announced["commitment_id"], commitments, "date")
    same = announced["date"] == made
    any_same = same.groupby(announced["commitment_id"]).transform("any")
    return none_of(milestones, announced.index[~any_same & made.notna()])


@rule("milestones", "date")
def a_turn_is_shown_by_a_source_no_older_than_it(milestones, shown):
    """a milestone has a source published no earlier than its last day;
    an older one can only foretell it
    """
    return is_in(milestones["milestone_id"], shown["milestone_id"])


@rule("milestones", "target_id")
def a_turn_is_about_a_target_of_its_commitment(milestones, targets):
    """the target that a milestone is about belongs to the milestone's commitment"""
    owner = look_up(milestones["target_id"], targets, "commitment_id")
    return owner.isna() | (owner == milestones["commitment_id"])


@rule("milestones", "actor_id")
def a_turn_is_about_a_promisor(milestones, commitment_actors, memberships):
    """the actor that a milestone is about promises the commitment,
    or is on its day a member of a group that does
    """
    parts = commitment_actors[commitment_actors["role"] == CommitmentRole.PROMISOR]
    parts = parts[["commitment_id", "actor_id"]]
    about = pd.MultiIndex.from_frame(milestones[["commitment_id", "actor_id"]])
    promises = about.isin(pd.MultiIndex.from_frame(parts))
    members = memberships[memberships["role"] == MembershipRole.MEMBER]
    turns = milestones[["commitment_id", "actor_id", "date_earliest", "date_latest"]].reset_index()
    turns = turns.dropna(subset="actor_id").merge(
        members[["actor_id", "group_id", "since_earliest", "until_latest"]], on="actor_id"
    )
    turns = turns.merge(parts.rename(columns={"actor_id": "group_id"}))
    began = turns["date_earliest"].fillna(turns["date_latest"])
    apart = (turns["since_earliest"] > turns["date_latest"]) | (turns["until_latest"] < began)
    belongs = milestones.index.isin(turns.loc[~apart, milestones.index.name or "index"])
    return milestones["actor_id"].isna() | promises | belongs


@rule("milestones", "kind")
def only_what_lasts_is_upheld_or_broken(milestones, targets, commitments):
    """what is to be kept or refrained from is upheld or broken,
    and never met, partly met, missed or reversed
    """
    of_target = look_up(milestones["target_id"], targets, "form").astype("str")
    forms = targets.groupby("commitment_id")["form"].agg(lambda each: each.astype("str").mode()[0])
    of_whole = under(milestones["commitment_id"], forms)
    own = look_up(milestones["commitment_id"], commitments, "form").astype("str")
    form = of_target.fillna(own).fillna(of_whole)
    lasting = form.isin(outcomes.LASTING)
    lasts = milestones["kind"].isin([MilestoneKind.UPHELD, MilestoneKind.BROKEN])
    done = [MilestoneKind.MET, MilestoneKind.PARTLY_MET, MilestoneKind.MISSED]
    ends = milestones["kind"].isin([*done, MilestoneKind.REVERSED])
    return form.isna() | ~((lasts & ~lasting) | (ends & lasting))


@rule("commitments", "form")
def a_commitment_has_a_form_where_it_has_no_target(commitments, targets):
    """a commitment says what form it has where it has no target, and else its targets do"""
    return commitments["form"].isna() == is_in(
        commitments["commitment_id"], targets["commitment_id"]
    )


@rule("milestones", "date")
def what_is_missed_was_due(milestones, targets):
    """a target is missed only once it has fallen due, by its first date or a revised one"""
    first = targets[["commitment_id", "target_id", "due_earliest"]]
    revised = milestones[["commitment_id", "target_id", "due_earliest"]].dropna()
    dates = pd.concat([first, revised])
    own = under(milestones["target_id"], dates.groupby("target_id")["due_earliest"].min())
    whole = dates.groupby("commitment_id")["due_earliest"].min()
    due = own.fillna(under(milestones["commitment_id"], whole))
    return ~((milestones["kind"] == MilestoneKind.MISSED) & (milestones["date_latest"] < due))


@rule("milestones", "kind")
def a_turn_agrees_with_the_figures_of_its_day(
    milestones,
    commitments,
    commitment_actors,
    targets,
    observations,
    actors,
    heard,
    stances,
    spoken,
):
    """where figures decide, a turn that says met, missed or reversed
    agrees with those known when it became known
    """
    kinds = [MilestoneKind.MET, MilestoneKind.MISSED, MilestoneKind.REVERSED]
    if not milestones["kind"].isin(kinds).any():
        return none_of(milestones, pd.Index([]))  # and the facts, which are dear, are not needed
    tables = {
        "milestones": milestones,
        "commitments": commitments,
        "commitment_actors": commitment_actors,
        "targets": targets,
        "observations": observations,
        "actors": actors,
        "sources": heard,
        "evidence": stances,
    }
    facts = outcomes.facts_of(with_known_from(tables, spoken))
    turns = facts.turns[facts.turns["kind"].isin(kinds)].reset_index(drop=True)
    # A turn is judged by the figures of its own period, as of the day on which it became known.
    cases = turns[["outcome_id"]].assign(day=turns["known_from"], known=turns["known_from"])
    says = turns[["milestone_id", "kind", "date_latest"]].rename(columns={"kind": "says"})
    seen = outcomes.seen_figures(cases, facts).join(says, on="case")
    its_own = (seen["period_latest"] >= seen["date_latest"]) & (
        seen["period_earliest"] <= seen["date_latest"]
    )
    reached = seen[its_own].groupby(["milestone_id", "says", "case"])["reached_it"].any()
    # A turn that is about several aims says met of all of them, and missed or reversed of one.
    reached = reached.groupby(["milestone_id", "says"]).all().reset_index()
    belied = reached.loc[
        reached["reached_it"] != (reached["says"] == MilestoneKind.MET), "milestone_id"
    ]
    return ~is_in(milestones["milestone_id"], pd.Series(belied, dtype="str"))


@rule("observations", "target_id")
def a_figure_is_about_what_its_target_measures(observations, targets):
    """an observation that names a target has its measure and unit"""
    aimed = look_up(observations["target_id"], targets, ["measure", "unit"]).astype("str")
    same = (observations[["measure", "unit"]].astype("str") == aimed).all(axis=1)
    return observations["target_id"].isna() | aimed["measure"].isna() | same


@rule("commitment_links", "other_id")
def no_commitment_is_part_of_itself(commitment_links):
    """following the commitments of which one is a part, or which it replaces,
    never leads back to it
    """
    wrong = pd.Index([])
    for kind in (LinkKind.PART_OF, LinkKind.REPLACES, LinkKind.RESTATES):
        rows = commitment_links[commitment_links["kind"] == kind]
        above = rows.groupby("commitment_id")["other_id"].agg(set)
        for line, start, other in zip(
            rows.index, rows["commitment_id"], rows["other_id"], strict=True
        ):
            reached, ahead = set(), {other}
            while ahead:
                reached |= ahead
                ahead = set().union(*(above.get(each, set()) for each in ahead)) - reached
            if start in reached:
                wrong = wrong.append(pd.Index([line]))
    return none_of(commitment_links, wrong)
