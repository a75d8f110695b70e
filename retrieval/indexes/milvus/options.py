"""Where Milvus is and how it is used."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class VectorIndexKind(Enum):
    """How Milvus searches vectors. The value is Milvus' own name."""

    HNSW = "HNSW"
    IVF_FLAT = "IVF_FLAT"
    IVF_SQ8 = "IVF_SQ8"
    AUTOINDEX = "AUTOINDEX"
    FLAT = "FLAT"


@dataclass(frozen=True, slots=True)
class MilvusOptions:
    """Where Milvus is and how it is used.

    Attributes:
        uri: Address, `http://` or `https://`, without credentials.
        token: A token, or `user:password`; empty for none.
        database: Milvus' own name of a database; empty for the default one.
        prefix: What the names of the collections begin with; each index has its own.
        vector_index: How vectors are searched.
        timeout: Seconds that a search may take.
        load_timeout: Seconds that a step of loading a generation may take.
    """

    uri: str
    token: str = field(default="", repr=False)
    database: str = ""
    prefix: str = "quicktakes"
    vector_index: VectorIndexKind = VectorIndexKind.HNSW
    timeout: float = 2.0
    load_timeout: float = 3600.0
