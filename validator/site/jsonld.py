"""schema.org ClaimReview of one claim, as consumers of fact-checks require it.

Labels and what is left out follow the crosswalk of Google's fact-check documentation: a scale of 1 to 5, a text alone
where evidence conflicts or is missing, and nothing at all where a rating would not be honest.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

Row = Mapping[str, Any]

SCALE = {1: "False", 2: "Mostly false", 3: "Half true", 4: "Mostly true", 5: "True"}
RATED = {"supported": (4, 5), "refuted": (1, 2), "misleading": (2, 3)}
IN_WORDS = {"conflicting": "Conflicting evidence", "not-enough-evidence": "Not enough evidence"}
TYPES = {"person": "Person", "organization": "Organization"}


def claim_review(
    claim: Row, reviews: Sequence[Row], evidence: Sequence[Row], url: str, reviewer_url: str | None
) -> Mapping[str, Any] | None:
    """Describe the current verdict, or give None where it has no honest rating."""
    # A claim that was withdrawn counts no more, so no verdict on it is offered to machines.
    current = rating(reviews[-1]) if reviews and not claim.get("withdrawn") else None
    return current and {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": url,
        "claimReviewed": claim["statement"],
        "author": {**agent(reviews[-1], "reviewer"), "url": reviewer_url},
        "datePublished": reviews[0]["decided"],
        "dateModified": reviews[-1]["decided"],
        "reviewRating": current,
        "itemReviewed": item(claim),
        "citation": citations(reviews[-1], evidence),
    }


def rating(review: Row) -> Row | None:
    """Rate a verdict on the scale, or in words alone; there is no sentinel for no rating."""
    status, accuracy = review["status"], review["accuracy"]
    if accuracy in RATED.get(status, ()):
        scale = {"ratingValue": accuracy, "bestRating": 5, "worstRating": 1, "alternateName": SCALE[accuracy]}
    elif status in IN_WORDS:
        scale = {"alternateName": IN_WORDS[status]}
    else:
        return None
    return {"@type": "Rating", **scale, "ratingExplanation": review["rationale"]}


def item(claim: Row) -> Row:
    """Describe the claim itself: who made it when, and where it appeared."""
    author = claimant(claim)
    return {
        "@type": "Claim",
        "datePublished": claim["said"] or claim["published"],
        **({"author": author} if author else {}),
        # An article that casts doubt on a claim reports it; it does not make it.
        **({} if claim["stance"] == "questions" else {"appearance": appearance(claim)}),
    }


def claimant(claim: Row) -> Row | None:
    """Give who made the claim: the publisher for the article's own voice, a speaker only if it was confirmed."""
    if claim["mode"] == "narrator":
        return agent(claim, "publisher")
    if claim["attribution_status"] != "confirmed":
        return None
    # What the speaker was when the words were said.
    title = claim["speaker_title"]
    return {**agent(claim, "speaker"), **({"jobTitle": title} if title else {})}


def agent(row: Row, part: str) -> Row:
    """Describe the agent in some columns of a row."""
    wikidata = row.get(f"{part}_wikidata")
    known = {"sameAs": f"https://www.wikidata.org/entity/{wikidata}"} if wikidata else {}
    return {"@type": TYPES.get(row[f"{part}_type"], "Organization"), "name": row[f"{part}_name"], **known}


def appearance(claim: Row) -> Row:
    """Describe the article."""
    return {
        "@type": "NewsArticle",
        "url": claim["article_url"],
        "headline": claim["headline"],
        "inLanguage": claim["language"],
        "datePublished": claim["published"],
        "publisher": agent(claim, "publisher"),
    }


def citations(review: Row, evidence: Sequence[Row]) -> list[Row]:
    """List the sources that a verdict rests on, each once."""
    cited = {found["source"]: found for found in evidence if found["id"] in review["evidence"]}
    return [citation(found) for found in cited.values()]


def citation(found: Row) -> Row:
    """Describe a source, with its own address and that of an archived copy where they are known."""
    known = {"url": found["url"], "archivedAt": found["archive_url"]}
    return {
        "@type": "CreativeWork",
        "name": found["title"],
        **{key: address for key, address in known.items() if address},
    }


def script(data: Row) -> Markup:
    """Write JSON so that nothing in it can end the script element that holds it."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 - escaped just above
