"""The numbers that the span tagger knows of each token: the columns of its table, in the order the network learned."""

REACH = 8  # tokens that may be taken out between two others

# The seam before a token: against chance, how often news has the pair, and the three; its word's frequency, here too.
SURPRISE, SEEN, SEEN_BEFORE, SEEN_AFTER, FREQUENCY, TIMES = range(6)
JOIN_FROM = 6  # how well the word before goes on after 1 to REACH tokens from here are taken out
JOIN_TO = JOIN_FROM + REACH  # and after those up to here

# The pair of this word and the next, the pair with the one before: how often, in the title, how well they sit there.
PAIR_TIMES, BEFORE_TIMES, BEFORE_TITLED, TITLED, PAIR_TITLED, PAIR_LEFT, PAIR_RIGHT, BEFORE_RIGHT = range(22, 30)
COPIED, COPY_GAPS = 30, 31  # letters of the title repeated around it, and the spaces that are missing there

# Its looks.
ACCENTED, BARE, CAPITAL_FIRST, CAPITALS, FIGURES, MARK, OTHER_SCRIPT, PICTURE = range(32, 40)
SPACED, GLUED, GLUED_TO_NEXT, IN_ROUND, IN_SQUARE, IN_QUOTES = range(40, 46)

# Its place.
BREAK, LINE_START, LINE_END, OPENING, IN_TITLE, IN_LIST, LENGTH, LINE_LENGTH, LINE_PLACE, MASKED = range(46, 56)
ON_TOPIC, SENTENCE_SHARED, SENTENCE_LENGTH, ACCENTED_SHARE = range(56, 60)

# What it is part of.
IN_LINK, IN_NUMBER, HASHTAG, ANGLE, EXCLAMATION, SMALL_UNKNOWN, CAPITAL_UNKNOWN, STRANGE_MARK = range(60, 68)
BARE_AMONG_ACCENTED, SHORT_LINE, LISTED, FEW_LINES = range(68, 72)

# Runs and recurrences.
TITLE_RUN, RECURRING_RUN, WORD_LEFT, WORD_RIGHT, PAIR_EDGE, PAIR_VARIED = range(72, 78)
BARE_RUN, BARE_UNSEEN, BARE_CAPITALS = range(78, 81)

COUNT = 81
