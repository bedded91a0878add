"""What every finding means: the laws of reading and of the schema, told here, and those of the rules, told by them."""

import inspect
from typing import NamedTuple

from validator import rules
from validator.problem import Severity, did_you_mean

_WAIVERS = {
    "unknown-waiver": """
        A waiver names a rule that can be waived.

        One that names none waives nothing, and nobody notices when the finding comes back. Some findings cannot be
        waived: what keeps a file from being read or from its schema, since its record would be missing from the
        database without a word, and what no database could hold, such as an id that is given twice or a link to what is
        not there. Mend what they report, and delete the comment.

        Bad:
            # claimbook: ignore[single-orgin] both copies are of the readout itself

        Good:
            # claimbook: ignore[single-origin] both copies are of the readout itself
        """,
    "waiver-without-reason": """
        A waiver says why.

        Whoever reads it next has to judge whether the reason still holds.

        Bad:
            # claimbook: ignore[single-origin]

        Good:
            # claimbook: ignore[single-origin] both copies are of the readout itself
        """,
}
_UNUSED = """
    A waiver waives something.

    What it waived is mended, or the comment has slipped to another line: it stands behind the line that is reported, or
    on a line of its own above it. None is called unused as long as a file cannot be read or breaks its schema, since
    rules do not see it; nor one of a rule that compares with the text where the text of an article is not at hand.

    Bad:
        confidence: high  # claimbook: ignore[single-origin] nothing is wrong here

    Good:
        confidence: high
    """

_IGNORED = """
    What lies beside records and may be meant as one is one.

    Only names that end in .yaml are read. A record that an editor has saved as .yaml.txt, one in JSON or a document of
    a word processor would be missing without a word. Rename it, or move it out of the data set, or at least out of the
    folders of records. README and the like are no records, and what is hidden is passed over on purpose.

    Bad:
        claims/agents/northport-authority.yaml.txt

    Good:
        claims/agents/northport-authority.yaml
    """

_BEHIND_TEXT = """
    Nothing stands behind plain text in its line.

    Text without quotes ends where a space and # follow: the rest is a comment, and nobody notices that it is lost. A
    comment that is meant stands on a line of its own above the key.

    Bad:
        title: Learning C # in a week

    Good:
        title: "Learning C # in a week"
    """

_READING_AND_SCHEMA = {
    "unreadable-file": """
        A file can be opened and read.

        Look at its permissions. It is a regular file: no folder, no pipe, no device.
        """,
    "linked-file": """
        A record is a file of its own, not a link to one.

        A link may lead out of the data set, to what is not meant to be published; inside it, the same record would be
        there twice. On Windows git writes a link as a text that holds its target. Put the file itself in its place.
        """,
    "misplaced-file": """
        A YAML file of a data set lies where its kind belongs, and ends in .yaml.

        articles/<article id>/article.yaml, articles/<article id>/NNN-some-words.yaml for a claim,
        sources/<source id>.yaml, agents/<agent id>.yaml. A file elsewhere would be passed over in silence. The words of
        a claim's file have at most 80 characters, since Windows knows no path of more than 260.
        """,
    "file-too-large": """
        A file has at most 512 KiB.

        A claim has about 2 kB. What is larger is not a record, or keeps a machine busy for nothing.
        """,
    "not-utf-8": """
        A file is UTF-8.

        Any other encoding is read differently on different machines. Save the file as UTF-8.
        """,
    "byte-order-mark": """
        A file does not begin with a byte order mark.

        Some readers take it for a part of the first key. Save the file as "UTF-8 without BOM".
        """,
    "control-character": """
        A file holds printable characters only, also where an escape names them.

        What cannot be seen cannot be reviewed. U+0085, U+2028 and U+2029 are among them, since programs disagree on
        whether they end a line, and so is a carriage return without a line feed.
        """,
    "invisible-character": """
        No character is invisible or changes the order of what is shown, but where a script or an emoji needs it.

        Text that reads otherwise than it looks deceives whoever reviews it, comments included, and no search finds what
        everybody sees. Never welcome are overrides of the direction, private use, tags, zero width spaces and soft
        hyphens inside words; they come along when text is copied from a PDF or a page. Direction marks, and isolates
        that are closed in the same text, are welcome where letters are read from right to left; joiners in scripts that
        join and in emoji; zero width spaces in Thai, Lao, Khmer and Burmese; one variation selector behind an emoji or
        an ideograph. Delete what the message names, or type the word anew. An escape such as "\\u200B" is no way out.
        """,
    "tab": """
        A file has no tab.

        YAML forbids it where it would indent, and nobody sees the difference. Use spaces.
        """,
    "empty-file": """
        A file holds a record.

        A file with nothing in it, or only comments, is an accident. Fill it or delete it.
        """,
    "yaml-syntax": """
        A file is YAML 1.2.

        Quotes that are not closed, a colon inside plain text and lines that do not line up are the usual slips.

        Bad:
            statement: The club said: five members

        Good:
            statement: "The club said: five members"
        """,
    "yaml-anchor": """
        A file has no anchors, aliases and merge keys.

        Every record can be read on its own, line by line, and a few lines cannot grow into gigabytes.
        """,
    "yaml-tag": """
        A file has no tags.

        Values mean what the core schema of YAML 1.2 says; no program is asked to make something else of them.
        """,
    "yaml-directive": """
        A file has no directives such as %YAML or %TAG.

        All files are YAML 1.2 and need none.
        """,
    "second-document": """
        A file holds one document.

        One record, one file: otherwise most readers see the first one only.
        """,
    "nested-too-deeply": """
        A record has at most 16 levels of nesting.

        It needs 5. What is deeper is a mistake, or meant to keep a machine busy.
        """,
    "internal-error": """
        Claimbook does not fail on any file.

        This is a bug of claimbook, not of your data; the other files were checked all the same, and the exit status is
        3. Please report it, with the message and the file.
        """,
    "too-many-values": """
        A record has at most 20,000 keys and values.

        A claim has some forty, an article of two thousand paragraphs 18,000. What has more is not a record, or keeps a
        machine busy for nothing.
        """,
    "too-many-problems": """
        What breaks one law in one file a hundred times is told once more, with the number, and no further.

        Nobody reads on, and a report has to end. Mend what is reported first; the rest is often of the same cause.
        """,
    "duplicate-key": """
        A mapping has each key once.

        Most readers keep the last value in silence, so that what a reviewer saw is not what counts.

        Bad:
            status: supported
            status: refuted

        Good:
            status: refuted
        """,
    "key-not-text": """
        A key is a plain word.

        Numbers, true, null or lists as keys have no place in a record.
        """,
    "number-out-of-range": """
        A number is finite and fits into 64 bits.

        JSON and SQLite cannot hold .nan, .inf or a longer number. If text is meant, put it in quotes.
        """,
    "unknown-key": """
        A record has only the keys of its schema.

        A slip in an optional key would otherwise lose what was written there, in silence.

        Bad:
            stanse: reports

        Good:
            stance: reports
        """,
    "missing-key": """
        A record has every key that its schema asks for.

        What is asked for is what a reader cannot do without.
        """,
    "wrong-type": """
        A value is of the type that its schema asks for: text, a whole number, a list, a mapping.

        Plain true, null and 12 are not text in YAML; in quotes they are.
        """,
    "unknown-word": """
        Where the schema has a list of words, the value is one of them.

        The list is the vocabulary: facets, colours and exports hang on it.
        """,
    "wrong-value": """
        A value has the form that its schema asks for: a date, a web address, an id, a length.

        The message says what is expected and gives an example.
        """,
}


class Law(NamedTuple):
    """One law: the id that stands in brackets behind a message, how grave a breach is, and the text."""

    id: str
    severity: Severity
    text: str

    @property
    def summary(self) -> str:
        """The law itself, in one sentence."""
        return self.text.partition("\n")[0]


def laws() -> dict[str, Law]:
    """Return every law by id: those of reading, those of the schema, those of the rules."""
    told = _READING_AND_SCHEMA | _WAIVERS
    basic = [Law(name, Severity.ERROR, inspect.cleandoc(text)) for name, text in told.items()]
    basic.append(Law("unused-waiver", Severity.WARNING, inspect.cleandoc(_UNUSED)))
    basic.append(Law("ignored-file", Severity.WARNING, inspect.cleandoc(_IGNORED)))
    basic.append(Law("comment-behind-text", Severity.WARNING, inspect.cleandoc(_BEHIND_TEXT)))
    return {law.id: law for law in [*basic, *(Law(rule.id, rule.severity, rule.law) for rule in rules.rules())]}


def law(wanted: str) -> Law:
    """Return the law of that id; raise KeyError, with the nearest id in its message, if there is none."""
    known = laws()
    if wanted not in known:
        raise KeyError(f'found no rule "{wanted}"{did_you_mean(wanted, known) or "; see claimbook rules"}')
    return known[wanted]
