-- The database, one table for each part of the data model. Ids are those of the files.
-- An evidence item or a review has no id of its own beyond its claim: `<claim id>-e1`, `<claim id>-r1` is made for it.
-- A table that only joins two others is its own index (WITHOUT ROWID); with one beside it, it would be there twice.

PRAGMA application_id = 0x436c6d62; -- "Clmb": how the site knows a database of ours
PRAGMA user_version = 1;

CREATE TABLE statuses (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL UNIQUE,
  definition TEXT NOT NULL
) STRICT;

CREATE TABLE agents (
  id TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  name TEXT NOT NULL,
  wikidata TEXT,
  isni TEXT,
  ror TEXT,
  part_of TEXT REFERENCES agents (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE agent_names (
  agent TEXT NOT NULL REFERENCES agents (id),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (agent, position)
) STRICT;

CREATE TABLE agent_roles (
  agent TEXT NOT NULL REFERENCES agents (id),
  position INTEGER NOT NULL,
  title TEXT NOT NULL,
  organization TEXT REFERENCES agents (id) DEFERRABLE INITIALLY DEFERRED,
  "start" TEXT,
  "end" TEXT,
  PRIMARY KEY (agent, position)
) STRICT;

CREATE TABLE agent_distinctions (
  agent TEXT NOT NULL REFERENCES agents (id),
  distinct_from TEXT NOT NULL REFERENCES agents (id) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (agent, distinct_from)
) STRICT, WITHOUT ROWID;

CREATE TABLE sources (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  type TEXT NOT NULL,
  publisher TEXT NOT NULL,
  published TEXT,
  url TEXT,
  archive_url TEXT,
  language TEXT NOT NULL,
  tier TEXT NOT NULL,
  access TEXT NOT NULL,
  accessed TEXT,
  note TEXT
) STRICT;

CREATE TABLE source_authors (
  source TEXT NOT NULL REFERENCES sources (id),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (source, position)
) STRICT;

CREATE TABLE source_derivations (
  source TEXT NOT NULL REFERENCES sources (id),
  derives_from TEXT NOT NULL REFERENCES sources (id) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (source, derives_from)
) STRICT, WITHOUT ROWID;

CREATE TABLE articles (
  id TEXT PRIMARY KEY,
  headline TEXT NOT NULL,
  url TEXT NOT NULL,
  publisher TEXT NOT NULL REFERENCES agents (id),
  published TEXT NOT NULL,
  language TEXT NOT NULL,
  genre TEXT NOT NULL,
  normalization TEXT NOT NULL,
  characters INTEGER NOT NULL,
  sha256 TEXT NOT NULL
) STRICT;

CREATE TABLE article_authors (
  article TEXT NOT NULL REFERENCES articles (id),
  position INTEGER NOT NULL,
  agent TEXT NOT NULL REFERENCES agents (id),
  PRIMARY KEY (article, position)
) STRICT;

CREATE TABLE paragraphs (
  article TEXT NOT NULL REFERENCES articles (id),
  number INTEGER NOT NULL,
  characters INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  role TEXT NOT NULL,
  PRIMARY KEY (article, number)
) STRICT;

CREATE TABLE exclusions (
  article TEXT NOT NULL REFERENCES articles (id),
  position INTEGER NOT NULL,
  paragraph INTEGER NOT NULL,
  "start" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (article, position),
  FOREIGN KEY (article, paragraph) REFERENCES paragraphs (article, number)
) STRICT;

CREATE TABLE claims (
  id TEXT PRIMARY KEY,
  article TEXT NOT NULL REFERENCES articles (id),
  number INTEGER NOT NULL,
  statement TEXT NOT NULL,
  kind TEXT NOT NULL,
  fragment TEXT,
  status TEXT NOT NULL REFERENCES statuses (id),
  due TEXT,
  withdrawn TEXT,
  withdrawn_reason TEXT,
  file TEXT NOT NULL UNIQUE,
  UNIQUE (article, number)
) STRICT;

CREATE TABLE anchors (
  claim TEXT NOT NULL REFERENCES claims (id),
  position INTEGER NOT NULL,
  article TEXT NOT NULL REFERENCES articles (id),
  paragraph INTEGER NOT NULL,
  "start" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (claim, position),
  FOREIGN KEY (article, paragraph) REFERENCES paragraphs (article, number)
) STRICT;

CREATE TABLE attributions (
  claim TEXT PRIMARY KEY REFERENCES claims (id),
  mode TEXT NOT NULL,
  speaker TEXT REFERENCES agents (id),
  said TEXT,
  stance TEXT NOT NULL,
  status TEXT
) STRICT;

CREATE TABLE attribution_via (
  claim TEXT NOT NULL REFERENCES claims (id),
  position INTEGER NOT NULL,
  agent TEXT NOT NULL REFERENCES agents (id),
  PRIMARY KEY (claim, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE evidence (
  id TEXT PRIMARY KEY,
  claim TEXT NOT NULL REFERENCES claims (id),
  source TEXT NOT NULL REFERENCES sources (id),
  relation TEXT NOT NULL,
  locator TEXT,
  finding TEXT NOT NULL,
  fragment TEXT
) STRICT;

CREATE TABLE attribution_evidence (
  claim TEXT NOT NULL REFERENCES claims (id),
  evidence TEXT NOT NULL REFERENCES evidence (id),
  PRIMARY KEY (claim, evidence)
) STRICT, WITHOUT ROWID;

CREATE TABLE reviews (
  id TEXT PRIMARY KEY,
  claim TEXT NOT NULL REFERENCES claims (id),
  number INTEGER NOT NULL,
  decided TEXT NOT NULL,
  as_of TEXT NOT NULL,
  reviewer TEXT NOT NULL REFERENCES agents (id),
  status TEXT NOT NULL REFERENCES statuses (id),
  accuracy INTEGER,
  confidence TEXT NOT NULL,
  rationale TEXT NOT NULL,
  UNIQUE (claim, number)
) STRICT;

CREATE TABLE review_faults (
  review TEXT NOT NULL REFERENCES reviews (id),
  fault TEXT NOT NULL,
  PRIMARY KEY (review, fault)
) STRICT, WITHOUT ROWID;

CREATE TABLE review_evidence (
  review TEXT NOT NULL REFERENCES reviews (id),
  evidence TEXT NOT NULL REFERENCES evidence (id),
  PRIMARY KEY (review, evidence)
) STRICT, WITHOUT ROWID;

CREATE TABLE review_searches (
  review TEXT NOT NULL REFERENCES reviews (id),
  position INTEGER NOT NULL,
  "where" TEXT NOT NULL,
  query TEXT NOT NULL,
  date TEXT NOT NULL,
  result TEXT NOT NULL,
  PRIMARY KEY (review, position)
) STRICT;

CREATE TABLE claim_dependencies (
  claim TEXT NOT NULL REFERENCES claims (id),
  depends_on TEXT NOT NULL REFERENCES claims (id) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (claim, depends_on)
) STRICT, WITHOUT ROWID;

CREATE TABLE claim_relations (
  claim TEXT NOT NULL REFERENCES claims (id),
  related TEXT NOT NULL REFERENCES claims (id) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (claim, related)
) STRICT, WITHOUT ROWID;

CREATE TABLE tags (
  id TEXT PRIMARY KEY
) STRICT;

CREATE TABLE claim_tags (
  claim TEXT NOT NULL REFERENCES claims (id),
  tag TEXT NOT NULL REFERENCES tags (id),
  PRIMARY KEY (claim, tag)
) STRICT, WITHOUT ROWID;
