"""The contract of `commitment_actors`."""

import pandera.pandas as pa

from eastflank.codelists import CommitmentRole
from schemas.base import Table
from schemas.columns import code, reference


class CommitmentActors(Table):
    """A row is an actor's part in a commitment.

    How it is coded: whoever undertakes is the promisor,
    also where a person announces it for a state.

    Known weaknesses: beneficiaries and addressees only where a source names them.
    """

    commitment_id: str = reference("commitments", "The commitment.", key_part=True)
    actor_id: str = reference("actors", "The actor.", key_part=True)
    role: pa.Category = code(CommitmentRole, "The actor's part.", key_part=True)
    source_id: str = reference(
        "sources",
        "The source that names this part, where the first source of the commitment does not.",
        optional=True,
    )
