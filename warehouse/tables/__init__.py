"""Tables of the lake, each declared once: types, checks, descriptions, keys. No I/O.

`TABLES` lists them in the order in which the flow fills them; everything that is said of a table elsewhere
(Parquet schema, DuckDB comments, the data dictionary, the checks at publishing) is made from these declarations.
"""

import dataframely as dy

from warehouse.tables.articles import Articles
from warehouse.tables.blocks import Blocks
from warehouse.tables.clusters import ClusterMembers, Clusters
from warehouse.tables.contributors import Contributors
from warehouse.tables.entities import Entities
from warehouse.tables.entity_links import EntityLinks
from warehouse.tables.figures import Figures
from warehouse.tables.files import Files
from warehouse.tables.id_aliases import IdAliases
from warehouse.tables.issues import Issues
from warehouse.tables.mentions import Mentions
from warehouse.tables.pages import Pages
from warehouse.tables.quotes import Quotes
from warehouse.tables.rejects import Rejects
from warehouse.tables.reuse import Reuse
from warehouse.tables.spans import Spans

TABLES: dict[str, type[dy.Schema]] = {
    "files": Files,
    "issues": Issues,
    "pages": Pages,
    "blocks": Blocks,
    "articles": Articles,
    "contributors": Contributors,
    "spans": Spans,
    "clusters": Clusters,
    "cluster_members": ClusterMembers,
    "reuse": Reuse,
    "figures": Figures,
    "entities": Entities,
    "mentions": Mentions,
    "entity_links": EntityLinks,
    "quotes": Quotes,
    "rejects": Rejects,
    "id_aliases": IdAliases,
}
