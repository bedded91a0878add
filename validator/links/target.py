"""Whether a redirect leads to the document that was asked for, or to something in its place.

Servers that have lost a page, or do not show it to everybody, often redirect to an error page, a login, the front page
or a list, and answer 200 there. All that can be seen of it is the address. So what is believable is this: the path or
its last words are kept, or a number in it; or else there is another last word at the same depth, or one that looks like
the title of a document. What is not has a reason, and is never proposed as a new address; in case of doubt it has one
too, since somebody looks at that, while a wrong address that is proposed may be taken over unseen.
"""

import re
import unicodedata
from difflib import SequenceMatcher
from itertools import chain
from urllib.parse import parse_qsl, quote, unquote, unquote_to_bytes, urlsplit

import httpx

ERROR = "leads to an error page, so the document may be gone"
GATE = "leads to a login or another page that stands before it, so whether the document is there cannot be told"
FRONT = "leads to the front page, so the document may be gone"
LIST = "leads to a list or another part of the site, so the document may be gone"


def _folded(text: str) -> str:
    """Return what two spellings of a word have in common: no case, no accents, and one letter i."""
    letters = unicodedata.normalize("NFKD", text.casefold()).replace("\N{LATIN SMALL LETTER DOTLESS I}", "i")
    return "".join(each for each in letters if not unicodedata.combining(each))


def _words(text: str) -> str:
    """Return a pattern for any of some words, spelt as they are folded."""
    return "|".join(sorted({re.escape(_folded(word)) for word in text.split()}, key=len, reverse=True))


# Words as they stand in addresses, put together: `page-not-found` and `PageNotFound` are `pagenotfound`.
_NO_PAGE = _words(
    """
    404 410 error errors err notfound nofound notavailable unavailable doesnotexist gone missing expired removed deleted
    oops whoops sorry invalid denied forbidden suspended maintenance fourohfour defaultwebpage forsale lander parked
    parking
    fehler fehlerseite wartung nichtgefunden nichtverfügbar nichtvorhanden
    erreur erreurs introuvable nontrouvé nontrouvée inexistant inexistante indisponible
    noencontrado noencontrada noexiste nodisponible inexistente erro nãoencontrado nãoencontrada
    errore nontrovato nontrovata inesistente nietgevonden bestaatniet fout
    błąd blad nieznaleziono nieznaleziona nieistnieje chyba nenalezeno nenalezena nenájdené nenájdená hiba nemtalálható
    eroare negăsit negăsită hittadesinte hittasinte finnsinte ikkefundet findesikke ikkefunnet finnesikke
    virhe eilöydy eilöytynyt hata bulunamadi greška σφάλμα δενβρέθηκε
    ошибка ненайдено ненайдена oshibka nenajdeno nenajdena nenaydeno nenaydena помилка незнайдено незнайдена
    خطأ غيرموجود غيرموجودة یافتنشد שגיאה לאנמצא 错误 錯誤 未找到 找不到 不存在 エラー 見つかりません 存在しません
    오류 찾을수없음 찾을수없습니다 khôngtìmthấy tidakditemukan नहींमिला
    """
)
_GATE = _words(
    """
    login logon signin signon signup sso oauth oauth2 openid saml saml2 auth authorize authenticate authentication
    register registration createaccount ageverification agegate subscribe subscription subscriptions paywall checkpoint
    consent cookiewall privacywall privacygate authwall captcha challenge botcheck
    anmelden anmeldung einloggen registrieren registrierung abo abonnement abonnieren zustimmung
    connexion seconnecter identification identificazione abonnez sabonner
    iniciarsesión identificarse suscríbete suscripción iniciarsessão entrar acceso accedi accesso inloggen aanmelden
    zaloguj logowanie přihlášení přihlásit prihlásenie bejelentkezés autentificare conectare
    loggain logginn logind kirjaudu kirjautuminen giriş girişyap oturumaç
    вход войти авторизация вхід увійти подписка σύνδεση تسجيلالدخول ورود התחברות
    登录 登入 登錄 ログイン 로그인 đăngnhập masuk
    """
)
_FRONT = _words(
    """
    index home homepage default main start startseite startside startpagina accueil inicio início portada principal
    welcome willkommen hjem etusivu anasayfa strona główna stronagłówna domů kezdőlap главная головна αρχική الرئيسية
    首页 首頁 トップ ホーム 홈 us gb eu eng int intl global international web site www portal
    """
)
# ISO 639-1, as far as sites have editions in these languages.
_LANGUAGES = _words(
    """
    ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl he hi hr hu hy id is it ja ka kk ko ky lt lv mk mn ms
    mt nb nl nn no pl pt ro ru sk sl sq sr sv ta te th tr uk ur uz vi zh
    """
)
_TOPIC = _words(
    """
    topic topics thema themen tag tags category categories kategorie rubrik search suche recherche buscar ricerca szukaj
    поиск sök zoeken hledat ara 搜索 検索
    """
)
_LIST = _words(
    """
    news nachrichten aktuelles actualités actualites noticias notícias notizie nieuws wiadomości aktuality hírek știri
    nyheter nyheder uutiset haberler новости новини ειδήσεις أخبار 新闻 新聞 ニュース 뉴스 article articles artikel
    artículos artigos articoli artykuły статьи story stories post posts blog blogs press presse prensa media medien
    section sections sección archive archives archiv archivo archivio results latest all list overview sitemap
    document documents doc docs publication publications report reports politics politik politique business sport sports
    """
)
_COMMON = _words(
    """
    http https status code custom server access cookie cookies privacy datenschutz age now user users member members
    account accounts konto compte cuenta my service wp the is was la cette esta this form new
    """
)
# What says in so many words that there is no such thing: a name of a page, and a no.
_THING = _words(
    """
    page pages seite site pagina página páginas strona strony stránka stránku stranica страница страницу страницы
    сторінка сторінку сторінки oldal side siden sidan sivu sivua sayfa pagină σελίδα trang halaman صفحة الصفحة דף
    页面 頁面 网页 網頁 ページ 페이지 article articles artikel artículo artigo articolo artykuł článok článek статья
    статью статьи стаття 文章 記事 content inhalt inhalte contenu contenido conteúdo contenuto treść obsah контент
    المحتوى 内容 document dokument documento документ file url link resource story
    available disponible disponibile region country
    """
)
_NO = _words(
    """
    not no nicht nichts pas plus non não nao ne nie nem niet ikke inte ej ei не нет немає nema nu yok değil lost
    غير لا לא 不 未 没 ません ない 없
    """
)
_VARIANT = _words("print amp mobile comments full pdf html download share")

_IS_ERROR = re.compile(f"(?:{_COMMON}|{_THING})*(?:{_NO_PAGE})(?:{_NO_PAGE}|{_COMMON}|{_THING})*")
_IS_GATE = re.compile(f"(?:{_COMMON}|{_THING})*(?:{_GATE})(?:{_GATE}|{_COMMON}|{_THING})*")
_IS_THING = re.compile(_THING)
_IS_NO = re.compile(_NO)
_UNSPACED_NO = re.compile(_folded("(?:页|頁|文章|内容|ページ|記事|페이지).*(?:不|未|没|ません|ない|없)"))
_IS_LIST = re.compile(f"(?:{_LIST}|{_TOPIC})+")
_IS_TOPIC = re.compile(_TOPIC)
_TELLS_NOTHING = re.compile(f"{_FRONT}|{_LIST}|{_TOPIC}|{_COMMON}|{_THING}|{_VARIANT}")
_IS_LEFT_OUT = re.compile(f"{_FRONT}|{_VARIANT}")
_LANGUAGE = re.compile(f"(?:{_LANGUAGES})(?:[-_][a-z]{{2,4}})?")

_EXTENSION = re.compile(r"(?:;.*|\.(?:[xs]?html?|php[0-9]?|aspx?|jspx?|cfm|cgi|do|action))$", re.DOTALL)
_WORD = re.compile(r"\d+|[^\W\d_]+")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_FILE = re.compile(r"\.(?:pdf|docx?|odt|xlsx?|ods|csv|pptx?|epub|txt)$")
# Parameters that name a document, and those that say where somebody came from.
_ID = re.compile("(?!.*sess).*id|p|no?|nr|title|article|doc|story|item|node|page", re.IGNORECASE)
_FROM = re.compile("utm|ref|from|src|source|orig|via|old", re.IGNORECASE)

_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")  # Thai to Chinese

_TITLE = 3  # words or more in the last part of a path are a title
_ALIKE = 0.6  # of what two titles have in common, by difflib
_NAME = 4  # letters of a word that tells something of a document
_FEW = 7  # words at the beginning of a title
_LONGEST = 200  # characters of a part of an address, and parts, that are looked at


def same(url: str, target: str) -> bool:
    """Tell whether two addresses differ only in what RFC 3986, 6.2.2, holds to be no difference, and in fragments."""
    return _normal(url) == _normal(target)


def _normal(url: str) -> tuple[str, ...]:
    parts = httpx.URL(url)
    path, _, query = parts.raw_path.partition(b"?")
    return parts.scheme, parts.netloc.decode(), quote(unquote_to_bytes(path)), quote(unquote_to_bytes(query))


def doubt(url: str, target: str) -> str | None:
    """Say why a redirect from an address may not lead to its document; None if it may well do.

    >>> doubt("http://harbour.example/news/ferry-fills-up", "https://www.harbour.example/2024/ferry-fills-up/")
    >>> doubt("http://harbour.example/news/ferry-fills-up", "http://harbour.example/en/")
    'leads to the front page, so the document may be gone'
    """
    old, new = _Place(url), _Place(target)
    if _is_error(old, new):
        return ERROR
    if _is_gate(old, new):
        return GATE
    if old.document and not new.document:
        return FRONT
    return None if _is_likely(old.document, new.document) else LIST


class _Place:
    """An address taken apart: `parts` of its host and path, its parameters, and the parts that name a document."""

    def __init__(self, url: str) -> None:
        address = urlsplit(url)
        self.pairs = parse_qsl(address.query, keep_blank_values=True)
        within = address.fragment if address.fragment.startswith(("/", "!")) else ""  # pages that a script shows
        path = [_part(each) for each in f"{address.path}/{within.lstrip('!')}".split("/")[:_LONGEST]]
        self.parts = [*(address.hostname or "").split(".")[:-2], *filter(None, path)]
        self.document = [each for each in path if each and not _is_left_out(each)]
        self.document += [_part(value) for key, value in self.pairs if value and _ID.fullmatch(key)]
        self.here = address.path + (f"?{address.query}" if address.query else "")
        self.whole = f"{address.netloc}{self.here}"


def _part(text: str) -> str:
    return _EXTENSION.sub("", _folded(unquote(text)[:_LONGEST]))


def _joined(part: str) -> str:
    return "".join(_WORD.findall(part))


def _is_left_out(part: str) -> bool:
    return bool(_IS_LEFT_OUT.fullmatch(_joined(part)) or _LANGUAGE.fullmatch(part))


def _fresh(old: _Place, new: _Place) -> list[str]:
    """Return the parts that an address has and another one has not, put together."""
    return [_joined(part) for part in new.parts if part not in old.parts]


def _is_error(old: _Place, new: _Place) -> bool:
    named = any(map(_IS_ERROR.fullmatch, chain(_fresh(old, new), *map(_said, _fresh_pairs(old, new)))))
    return named or any(_says_no(part) for part in new.parts if part not in old.parts and not _is_title_of(old, part))


def _says_no(part: str) -> bool:
    words = _WORD.findall(part)[:_FEW]
    spaced = any(map(_IS_THING.fullmatch, words)) and any(map(_IS_NO.fullmatch, words))
    return spaced or bool(_UNSPACED_NO.search("".join(words)))


def _is_title_of(place: _Place, part: str) -> bool:
    return any(_have_in_common(each, [part]) for each in place.document if _telling(each))


def _fresh_pairs(old: _Place, new: _Place) -> list[tuple[str, str]]:
    known = set(old.pairs)
    return [pair for pair in new.pairs[:_LONGEST] if pair not in known]


def _said(pair: tuple[str, str]) -> list[str]:
    """Return what a parameter says: its name, both together, and what it has, unless that is a bare number."""
    name, value = map(_joined, map(_part, pair))
    return [name, name + value] + ([] if value.isdigit() else [value])


def _is_gate(old: _Place, new: _Place) -> bool:
    if any(_IS_GATE.fullmatch(_joined(part)) for part in old.parts):
        return False
    named = any(map(_IS_GATE.fullmatch, _fresh(old, new)))
    return named or any(_leads_back(old, *pair) for pair in _fresh_pairs(old, new))


def _leads_back(old: _Place, name: str, value: str) -> bool:
    """Tell whether a parameter says where to go on to, and that is where one came from."""
    back = unquote(value).partition("://")[2] or unquote(value)
    there = (unquote(old.whole), unquote(old.here))
    return old.here.strip("/") != "" and back in there and not _FROM.match(name)


def _is_likely(old: list[str], new: list[str]) -> bool:
    """Tell whether the parts of an address that name a document may name the same as those of another one."""
    if old == new or not new:
        return True
    if new == old[: len(new)]:
        pages = all(part.isdigit() and len(part) < _TITLE for part in old[len(new) :])  # as in /ferry-fills-up/2
        return pages and len(_telling(new[-1])) > 1
    if _have_in_common(next(filter(_telling, reversed(old)), ""), new):
        return True
    if _IS_LIST.fullmatch(_joined(new[-1])) or any(map(_IS_TOPIC.fullmatch, map(_joined, new))):
        return False
    return len(new) >= len(old) or _is_title(new[-1])


def _telling(part: str) -> list[str]:
    """Return the words of a part of an address that tell something of a document."""
    words = [word for word in _WORD.findall(part) if not _TELLS_NOTHING.fullmatch(word)]
    return [word for word in words if len(word) >= _NAME or word.isdigit() or not word.isascii()] or words


def _have_in_common(name: str, parts: list[str]) -> bool:
    """Tell whether most of a name, or a number in it, is in the parts of another address."""
    words, last = _telling(name), set(_WORD.findall(parts[-1]))
    if any(word.isdigit() and word in last and not (_YEAR.fullmatch(word) and len(words) > 1) for word in words):
        return True
    there = set(chain.from_iterable(map(_WORD.findall, parts)))
    return 2 * len(there.intersection(words)) > len(words) or any(_is_alike(name, part) for part in parts)


def _is_alike(name: str, part: str) -> bool:
    return bool(name) and SequenceMatcher(None, _joined(name), _joined(part), autojunk=False).ratio() >= _ALIKE


def _is_title(part: str) -> bool:
    words = _WORD.findall(part)
    # Scripts that put no space between words: two characters are about a word.
    count = sum(len(word) // 2 if _UNSPACED.match(word) else 1 for word in words if not word.isdigit())
    numbers = any(word.isdigit() and len(word) >= _NAME and not _YEAR.fullmatch(word) for word in words)
    return count >= _TITLE or numbers or bool(_FILE.search(part))
