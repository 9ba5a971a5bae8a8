"""What a line of a scraped page looks like by itself: furniture, a path of sections, a date, a heading, a headline."""

# ruff: noqa: E501, SIM905 (tables and patterns read best on one line)

from __future__ import annotations

import re

from recsys.article import Headline

LONGEST_HEADLINE = 260
_SECTIONS = frozenset(
    "trang chủ|home|tin tức|tin mới|tin nóng|mới nhất|thời sự|chính trị|xã hội|thế giới|quốc tế|kinh tế|kinh doanh|tài chính|"
    "chứng khoán|bất động sản|doanh nghiệp|thị trường|thể thao|bóng đá|giải trí|văn hóa|văn nghệ|giáo dục|du học|tuyển sinh|"
    "sức khỏe|y tế|đời sống|gia đình|giới trẻ|nhịp sống trẻ|pháp luật|an ninh|an ninh hình sự|khoa học|công nghệ|số hóa|"
    "khoa học - công nghệ|xe|ô tô - xe máy|du lịch|ẩm thực|bạn đọc|ý kiến|góc nhìn|tâm sự|cười|video|ảnh|podcast|podcasts|"
    "media|multimedia|infographic|emagazine|magazine|longform|chuyên đề|tin địa phương|địa phương|quân sự|biển đảo|"
    "môi trường|giao thông|nhân ái|việc làm|lao động|nhà đất|dân sinh|quốc phòng|nông nghiệp|nông thôn|tiêu dùng|"
    "phóng sự|điều tra|hồ sơ|bình luận|sự kiện|văn hóa - giải trí|điện ảnh|âm nhạc|thời trang|làm đẹp|blog|rao vặt|thư viện|"
    "liên hệ|giới thiệu|quảng cáo|menu|tìm kiếm|rss|english|tiếng việt|lịch thi đấu|bảng xếp hạng|internet|sống xanh".split(
        "|"
    )
)
_SECTION_STARTS = frozenset(section.split()[0] for section in _SECTIONS)
_FURNITURE = re.compile(
    r"""(?ix) ^[\W_]* (?:
      (?:đăng\ (?:nhập|ký|xuất)|tạo\ tài\ khoản|quên\ mật\ khẩu)\b (?=[\W_]|$) [^.]{0,60}
    | (?:chia\ sẻ|share|gửi)\ (?:bài(?:\ viết)?\ )?(?:này|qua|lên|trên|cho\ bạn|bạn\ bè|với\ bạn|tới|facebook|zalo|twitter|email|link|ngay)\b[^.!?]{0,60}
    | (?:chia\ sẻ|share)\ (?:bài(?:\ viết)?|tin)(?:\ này)?(?:[\W_]+(?:facebook|twitter|zalo|messenger|x|email|linkedin|telegram|pinterest|viber|qua|lên|trên))*
    | (?:chia\ sẻ|share|tweet|lưu(?:\ (?:bài(?:\ viết)?|tin))?|thích|like|in\ (?:bài(?:\ viết)?|trang)|print|copy\ link|sao\ chép(?:\ liên\ kết)?|email|gửi\ email|
        facebook|twitter|zalo|messenger|pinterest|telegram|linkedin|viber|link|google\ news|nghe\ (?:bài|đọc\ bài|audio)(?:\ viết)?|đọc\ báo\ in|
        báo\ lỗi|phản\ hồi|in|cỡ\ chữ|aa|a[-+]|bình\ luận|ý\ kiến|quan\ tâm|theo\ dõi|x|youtube|instagram|tiktok|lấy\ link!?|
        0?\d+\ (?:bình\ luận|lượt\ (?:xem|thích|chia\ sẻ|đọc)|chia\ sẻ|thích|phút\ đọc|views?))
      (?: [\W_\d]+ (?:chia\ sẻ|share|tweet|lưu(?:\ (?:bài(?:\ viết)?|tin))?|thích|like|in(?:\ bài(?:\ viết)?)?|print|copy\ link|sao\ chép(?:\ liên\ kết)?|(?:gửi\ )?email|
        facebook|twitter|zalo|messenger|pinterest|telegram|linkedin|viber|link|google\ news|bình\ luận|ý\ kiến|báo\ lỗi|phản\ hồi|aa|a[-+]|x|
        youtube|instagram|tiktok|theo\ dõi|(?:trên|qua|lên)\b|lượt\ \w+) )* [\W_\d]*
    | (?:lượt\ (?:xem|đọc|thích)|views?|số\ lượt\ xem|thời\ gian\ đọc)\s*:?\s*[\d.,]+[\w\ ]{0,8}
    | theo\ dõi\ .{0,60}\ trên\ .{0,40} | (?:mời|kính\ mời)\ (?:quý\ )?(?:bạn\ đọc|độc\ giả)\ (?:theo\ dõi|đón\ đọc|gửi|tham\ gia|quan\ tâm).{0,120}
    | (?:tags?|từ\ kh(?:óa|oá)|keywords?|thẻ|chủ\ đề|hashtag|nhãn)\s*[:：].{0,400} | tags? | từ\ kh(?:óa|oá)
    | (?:bình\ luận|ý\ kiến(?:\ bạn\ đọc)?|phản\ hồi)\s*(?:\(\s*\d+\s*\)|:?\s*\d+) | (?:gửi|viết|hiển\ thị|xem(?:\ (?:thêm|tất\ cả))?)\ bình\ luận.{0,40}
    | (?:bạn\ (?:cần|phải|vui\ lòng)|vui\ lòng|hãy)\ đăng\ nhập.{0,80} | hãy\ là\ người\ (?:đầu\ tiên\ )?bình\ luận.{0,60}
    | (?:©|\(c\)\s|copyright|bản\ quyền|giấy\ phép|tổng\ biên\ tập|phó\ tổng\ biên\ tập|cơ\ quan\ chủ\ quản|đường\ dây\ nóng|tòa\ soạn\s*:|trụ\ sở\ chính|hotline\ (?:tòa\ soạn|quảng\ cáo)|liên\ hệ\ quảng\ cáo|thiết\ kế\ bởi|powered\ by).{0,300}
    | (?:quảng\ cáo|advertisement|ad|tài\ trợ|sponsored|loading|đang\ tải)[.…]* | (?:về\ )?đầu\ trang | lên\ đầu(?:\ trang)? | back\ to\ top | trở\ (?:lại|về)\ .{0,30}
    | (?:tải\ (?:ứng\ dụng|app)|cài\ đặt\ ứng\ dụng)\ .{0,20}(?:báo|đọc|tin).{0,60} | (?:nhận|đăng\ ký\ nhận)\ (?:bản\ )?tin.{0,60} | xem\ (?:thêm|tiếp|tất\ cả|toàn\ bộ|trên)\s*(?:ảnh|video|bài|tin)?(?:\ viết)?\ ?[>»›…]*
    | .{0,40}\bcopy\ link.{0,40} | \d{1,2}:\d\d\s*/\s*\d{1,2}:\d\d | (?:giọng|tốc\ độ)\ đọc.{0,40} | (?:nam|nữ)\ miền\ (?:bắc|nam|trung) | 0:00 | (?:bài|trang)\ (?:trước|sau|tiếp(?:\ theo)?)\s*[:»›>«‹<]*
    | (?:đánh\ giá|xếp\ hạng|rate)(?:\ bài\ viết)?\s*:?\s*[\d★☆./\ ()]*(?:\(?\d+\ (?:lượt|đánh\ giá|phiếu).{0,20})?
    | skip\ to\ (?:main\ )?content | menu | toggle\ navigation | close | đóng
    ) [\W_]*$"""
)
LIST_HEADING = re.compile(
    r"""(?ix) ^[\W_]* (?:
      (?:các\ |những\ |một\ số\ )?(?:tin(?:\ tức|\ bài)?|bài(?:\ (?:viết|báo|đọc|đăng))?|video|clip|ảnh|infographics?|podcasts?|e-?magazines?|phóng\ sự|chuyên\ mục|nội\ dung|thông\ tin|câu\ chuyện)[ ]
        (?:liên\ quan|cùng\ (?:chuyên\ mục|chủ\ đề|mục|loại|tác\ giả)|khác|mới(?:\ (?:nhất|hơn|đăng|cập\ nhật))?|cũ\ hơn|nổi\ bật|đọc\ nhiều(?:\ nhất)?|nhiều\ người\ (?:đọc|xem|quan\ tâm)|
        xem\ nhiều(?:\ nhất)?|được\ quan\ tâm|hay|nóng|tiếp\ theo|đáng\ (?:chú\ ý|đọc|quan\ tâm)|hot|gợi\ ý|đề\ xuất|tham\ khảo)(?:\ (?:nhất|trong\ (?:ngày|tuần|tháng)|khác|cùng\ (?:chuyên\ mục|chủ\ đề)|trên\ .{1,20}))?
    | (?:mời\ )?(?:xem|đọc|tham\ khảo|tìm\ hiểu)\ (?:thêm|tiếp|nhiều(?:\ nhất)?)(?:\ (?:tin|bài|các\ bài)(?:\ (?:viết|khác|liên\ quan))*)?
    | (?:có\ thể\ )?(?:bạn|quý\ vị|độc\ giả|bạn\ đọc)\ (?:có\ thể|nên|cần|sẽ|đừng)?\ ?(?:quan\ tâm|thích|đọc|xem|biết|bỏ\ lỡ)(?:\ .{0,12})? | đừng\ bỏ\ lỡ | gợi\ ý\ (?:cho\ bạn|đọc|bài\ viết)|dành\ cho\ bạn
    | cùng\ (?:chuyên\ mục|chủ\ đề|mục|tác\ giả) | (?:có\ )?liên\ quan | (?:đọc|xem)\ nhiều(?:\ nhất)? | (?:mới|nổi\ bật|nóng)\ nhất | nổi\ bật | tin\ (?:hot|nóng) | chủ\ đề\ liên\ quan | dòng\ sự\ kiện | tiêu\ điểm | đáng\ chú\ ý
    | đề\ xuất | được\ quan\ tâm(?:\ nhất)? | related(?:\ (?:articles|news|posts|stories))? | read\ (?:more|also) | see\ also | more\ (?:news|stories) | you\ may\ also\ like | recommended
    | 相关(?:文章|阅读|新闻|推荐|链接|内容) | 推荐(?:阅读|文章|新闻) | 热门(?:文章|新闻|推荐|点击) | 最新(?:文章|新闻) | 延伸阅读 | 上一篇 | 下一篇 | 猜你喜欢 | 热点(?:新闻|推荐)?
    ) [\W_]*$"""
)
_FIRST_WORD = re.compile(r"[^\W\d_]+|©")
_FURNITURE_STARTS = frozenset(
    "đăng tạo quên chia share gửi tweet lưu thích like in print copy sao email facebook twitter zalo messenger pinterest telegram linkedin "
    "viber link google nghe đọc báo phản cỡ aa a bình ý quan theo x youtube instagram tiktok lấy lượt phút views view số thời mời kính tags "
    "tag từ keywords keyword thẻ chủ hashtag nhãn viết hiển xem bạn vui hãy c copyright © bản giấy tổng phó cơ đường tòa trụ hotline liên "
    "thiết powered quảng advertisement ad tài sponsored loading đang về đầu lên back trở tải cài nhận giọng tốc nam nữ bài trang đánh xếp "
    "rate skip menu toggle close đóng chủ".split()
)
MORE = re.compile(r"(?i)(?<!\w)(?:khác|thêm|liên quan|cùng|tiếp|nhiều|mới|mục|tin|bài|đọc|xem|nghe)(?!\w)")
_PATH = re.compile(r"[>»›|•·/→\t]|\s{2}")
INLINE = re.compile(
    r"(?i)^[\W_]*(?:(?:mời\s+)?(?:xem|đọc)\s+(?:thêm|tiếp)|(?:tin|bài(?:\s+viết)?)\s+liên\s+quan|上一篇|下一篇)\s*[:：>»–-]+\s*(?=\S)"
)
_ORDINARY = r"\w\s\"“”'‘’()\[\]{}【】「」『』《》〈〉<>«»#@$€£%&+\-–—.,;:…?!/\\|=~^`°"  # any other sign may be a bullet
STRONG_BULLET = re.compile(
    rf"^\s*(?:(?:[-–—]\s*)?[^{_ORDINARY}]+|[-–—]\s*·|>{{1,3}}|»+|›+|\*+|\++|#+(?=\s)|o(?=\s+[A-ZÀ-ỸĐ“\"\d]))\s*(?=\S)"
)
WEAK_BULLET = re.compile(r"^\s*(?:[-–—]+\s*|(?:\(?\d{1,3}|\[\d{1,3})(?:[.)/\]:](?:\s+|(?=\D))|\s*[-–]\s*(?=\D)))(?=\S)")
_DAY = r"(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s+nhật|cn|t[2-7])"
_DATE = re.compile(
    r"(?i)(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?:T(?=\d))?"
    r"|(?<!\d)(?P<d2>\d{1,2})\s?[-/.]\s?(?P<m2>\d{1,2})\s?[-/.]\s?(?P<y2>(?:19|20)\d\d)"
    r"|(?<!\d)(?P<d3>\d{1,2})\s+tháng\s+(?P<m3>\d{1,2})(?:\s+năm|,)?\s+(?P<y3>(?:19|20)\d\d)"
)
_YEAR = re.compile(r"(?:19|20)\d\d")  # every date has one: most lines have none
_TIME = re.compile(
    r"(?i)(?<!\d)(?P<h>[01]?\d|2[0-3])\s?(?::|h|giờ)\s?(?P<min>[0-5]\d)?(?:[:.][0-5]\d(?:\.\d+)?)?(?:\s*(?P<half>[ap]m|sa|ch))?(?:\s?phút)?(?!\d)"
)
_DATE_WORDS = re.compile(
    rf"(?i)\b(?:{_DAY}|gmt|utc|cập\s+nhật|lần\s+cuối|cuối|lúc|ngày|đăng|xuất\s+bản|thời\s+gian|phát\s+hành|tháng|vào|sáng|chiều|tối|trưa|published|updated|posted|on|at|date|am|pm|z|时间|发布时间|日期)\b|[+-]\d{{1,2}}(?::?\d\d)?\b"
)
_ITEM_DATE = re.compile(
    r"\s*[(\[]\s*(?:\d{1,2}:\d\d[,\s-]*)?\d{1,2}[-/.]\d{1,2}(?:[-/.](?:19|20)\d\d)?(?:[,\s-]*\d{1,2}:\d\d)?\s*[)\]]\s*$|^\s*[(\[]\s*\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d\s*[)\]]\s*[-:]?\s*"
)
_ITEM_LINK = re.compile(
    r"^\[(?P<t>[^\]\n]{4,})\]\((?P<u>https?://[^\s)]+)\)$|^(?P<t2>.{4,}?)\s*[(<\[|-]?\s*(?P<u2>https?://[^\s)>\]]+)[)>\]]?$"
)
AUTHOR = re.compile(
    r"(?i)^[(\[*—–-]*\s*(?:(?:theo|bài|ảnh|tin|bài và ảnh|bài, ảnh|thực hiện|tác giả|biên tập|người viết|phóng viên|pv|by|text)\s*(?:[:：/]\s*|\s+(?=\S)))(?P<name>[^.!?]{2,60}?)\s*[)\]*]*$"
)
_NAME = re.compile(
    r"^(?:[A-ZÀ-ỴĐ][\w.'’-]*)(?:\s+(?:[A-ZÀ-ỴĐ][\w.'’-]*|[-–&,/]|và))*(?:\s*\((?:[Tt]heo|[Tt]ổng hợp|[Tt]/h|[Gg]hi)[^)]{0,40}\))?$"
)


def looks_like_headline(line: str) -> bool:
    """Whether a line could be an item of a list: neither furniture nor a date, and not ended like a sentence."""
    if len(line) > LONGEST_HEADLINE or is_furniture(line) or date_line(line):
        return False
    return not line.endswith((".", ";", ",", ":")) or line.endswith(("...", ".."))


def headline(line: str) -> Headline | None:
    """Read one line of a list of headlines, without its bullet, date and address."""
    title = INLINE.sub("", line)
    if title == line:
        if LIST_HEADING.match(line[:LONGEST_HEADLINE]):
            return None
        title = STRONG_BULLET.sub("", line)
        if title == line:
            title = WEAK_BULLET.sub("", line)
    published = ""
    if (title[:1] in "([" or title[-1:] in ")]") and (dated := _ITEM_DATE.search(title)):
        published = _iso(_DATE.search(dated.group()), dated.group())
        title = _ITEM_DATE.sub("", title)
    url = ""
    if "http" in title and (linked := _ITEM_LINK.match(title)):
        title, url = linked["t"] or linked["t2"], linked["u"] or linked["u2"]
    title = title.strip()
    return Headline(title, url=url, published=published) if title else None


def is_furniture(line: str) -> bool:
    """Whether a line is a share, login, tag, comment or imprint line rather than the article."""
    if len(line) > 420:
        return False
    first = _FIRST_WORD.search(line)
    if first and first.group().lower() not in _FURNITURE_STARTS and not ("opy" in line and "link" in line.lower()):
        return line.lower() in _SECTIONS if len(line) < 40 else False
    return bool(_FURNITURE.match(line)) or line.lower() in _SECTIONS


def is_list_heading(line: str) -> bool:
    """Whether a line heads a list of other articles ("Tin liên quan", "Xem thêm", …)."""
    return len(line) <= LONGEST_HEADLINE and bool(LIST_HEADING.match(line))


def is_breadcrumb(line: str) -> bool:
    """Whether a line is a path of sections or a menu."""
    if len(line) > 300:
        return False
    if not _PATH.search(line):
        return _is_menu(line)
    parts = [part.strip().lower() for part in re.split(r"\s*[>»›|•·/→]+\s*|\s{2,}|\t", line) if part.strip()]
    if len(parts) < 2:
        return False
    known = sum(part in _SECTIONS for part in parts)
    if known == len(parts) or (known >= 2 and known * 2 >= len(parts)):
        return True
    return parts[0] in _SECTIONS and bool(re.search(r"[>»›→]|\s/\s", line))


def _is_menu(line: str) -> bool:
    """Whether a line without marks is made of names of sections, three or more, and little else."""
    words, at, names, others = line.lower().split(), 0, 0, 0
    while at < len(words) and others * 10 <= len(words) * 3:
        begins = words[at] in _SECTION_STARTS
        length = next((n for n in (4, 3, 2, 1) if " ".join(words[at : at + n]) in _SECTIONS), 0) if begins else 0
        names += length > 0
        others += length == 0
        at += length or 1
    return names >= 3 and others * 10 <= len(words) * 3


def is_prose(line: str) -> bool:
    """Whether a line reads as a paragraph: long enough, and ended like a sentence."""
    return len(line) > 60 and line.rstrip("\"”’')").endswith((".", "!", "?", "…", ":"))


def date_line(line: str) -> str:
    """Return the date of a line that holds nothing but a date (ISO 8601), else ``""``."""
    if len(line) > 90 or not _YEAR.search(line) or not (found := _DATE.search(line)):
        return ""
    rest = line[: found.start()] + " " + line[found.end() :]
    rest = _DATE_WORDS.sub(" ", _TIME.sub(" ", rest))
    return _iso(found, line) if not re.search(r"\w", rest) else ""


def _iso(found: re.Match[str] | None, line: str) -> str:
    if not found:
        return ""
    year, month, day = (found[f"{n}"] or found[f"{n}2"] or found[f"{n}3"] for n in "ymd")
    date = f"{year}-{int(month):02d}-{int(day):02d}"
    if int(month) > 12 or int(day) > 31 or not int(month) or not int(day):
        return ""
    clock = _TIME.search(line[: found.start()] + " " * (found.end() - found.start()) + line[found.end() :])
    if not clock or not clock["min"]:
        return date
    hour = int(clock["h"])
    if (clock["half"] or "").lower() in ("pm", "ch") and hour < 12:
        hour += 12
    return f"{date}T{hour:02d}:{clock['min']}"


def dated_section(line: str) -> str:
    """Return the date of a line above the article that holds a date and the name of a section or a paper, else ``""``."""
    pieces = [piece for piece in re.split(r"\s+[|•·/–—-]\s+|\s*\|\s*", line) if piece] if len(line) < 100 else []
    dates = [date for date in map(date_line, pieces) if date]
    if not dates or len(pieces) > 4 or any(len(piece.split()) > 5 for piece in pieces if not date_line(piece)):
        return ""
    return dates[0]


TAGS_ALONE = re.compile(r"(?i)^\W*(?:tags?|từ kh(?:óa|oá)|keywords?|chủ đề)\W*$")


def is_tags(line: str) -> bool:
    """Whether a line below the word "Tags" holds the tags: short pieces, no sentence."""
    pieces = re.split(r"[,;|•#]", line)
    return len(line) < 300 and not line.endswith((".", "!", "?")) and max(len(piece.split()) for piece in pieces) <= 6


def names_author(paragraphs: list[str]) -> str:
    """Read the author from a line that names one; the line stays where it is."""
    for line in (*paragraphs[-1:-4:-1], *paragraphs[:2]):
        if len(line) > 80:
            continue
        if (found := AUTHOR.match(line)) and _NAME.match(found["name"]):
            return found["name"].strip()
        if len(line.split()) <= 6 and _NAME.match(line):
            return line
    return ""
