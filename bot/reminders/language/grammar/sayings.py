"""Which ways of saying when mean the same: a message is said in one of them to be read."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.reminders.language.said import ORDINALS, WEEKDAYS

SHORT_DAYS = {"mo": 0, "tu": 1, "we": 2, "th": 3, "fr": 4, "sa": 5, "su": 6,
               "mon": 0, "wed": 2, "sat": 5, "sun": 6}  # fmt: skip

# Beginnings of words that tell a day, and days as they are named alone.
_DAY = (
    r"(?:the )?(?:\d|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov"
    r"|dec|end|next|this|christmas|easter|new year|tomorrow|week)"
)
_MONTH = (r"(?:jan(?:uary)?|feb(?:ruary)?|march|april|may|june|july|aug(?:ust)?|sept?(?:ember)?"
          r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b")  # fmt: skip
_ONE_DAY = (r"((?:on )?(?:this |next )?(?:tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
            r"|week ?ends?))")  # fmt: skip

# What means the same is said in one way. An expression on the left, the words on the right.
_THAT_DAY = (r"(?=(?:on |at |for )?(?:the |a |my )?(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b"
             r"|(?:on |at |for )?(?:the )?week ?(?:end|day)s?\b|tomorrow)")  # fmt: skip
_NAMED_DAY = (r"(?:the )?(?:\d|mon|tue|wed|thu|fri|sat|sun|christmas|boxing|easter|new year"
              r"|tomorrow)")  # fmt: skip
_NO_EVENT = r"(?:(?!every|each|at|and|on|the|end)[a-z']+ )"
SAME = (
    # 'A second one at four' is one more, and no day of the month.
    (r"(?:a|an|the|1|one)? ?(?:second|2nd|third|3rd|fourth|4th|further|another|other) (?:1|one"
     r"|reminder|alarm|nudge|time)(?= (?:at|in|after|before|with|for|of)\b|,|$)", ""),
    # 'And one on Fridays'; 'between 9 and 1' is another thing.
    (r"(?<!\d )(?<!am )(?<!pm )(and|also|plus) 1 (?=(?:on|every|each) |at \d)", r"\1 "),
    # 'Every day, not just tomorrow'.
    (r"not (?:just|only|simply|merely) (?:on |for )?(?:the )?(?:today|tomorrow|tonight|once"
     r"|(?:this |next )?\w+days?|(?:this |next )?week ?ends?|1 day)", ""),
    (r"(not|except|never|no|skip)( (?:on )?(?:the )?\w+),? (?:or|nor) (?:on )?"
     rf"(?={_NAMED_DAY})", r"\1\2 and "),
    (rf"no (?=on {_NAMED_DAY})", "not "),
    (r"(?:1|one) day yes,? (?:and )?(?:1|one|the next|another) (?:day )?no", "every other day"),
    (r"(\d+) (days|weeks|months) long", r"for \1 \2"),
    # 'Until we fly on 13 December'.
    (rf"(?:until|till?) (?:my|our|his|her|their|the|we|i|he|she|they|you) {_NO_EVENT}{{1,4}}"
     rf"on (?={_NAMED_DAY})", "until "),
    # How strong a pain is tells no time.
    (r"(?<!on )(?<!from )(?<!until )(?<!the )\d{1,2} ?/ ?10(?! ?/)", "much"),
    (r"(\d{1,2}) h (\d{2})", r"\1:\2"),
    (r"all (?=\d+ (?:hours?|minutes?|mins?|days|weeks))", "every "),
    (r"during (?:the )?(?=\d+ (?:days?|weeks?|months?))", "for "),
    (rf"(?:but )?(?:nothing|none|nowt)(?: at all)? {_THAT_DAY}", "not "),
    (r"(?:on )?(?:all )?(?:the )?(?:other|remaining) days(?: of the week)?"
     r"(?:,? (?:incl\w*|and)(?: \.)? (?:the )?week ?ends?)?", "on otherdays"),
    (r"((?:working|work|business|week) ?days?) mon(?:day)?s? to fri(?:day)?s?", r"\1"),
    (r"ever (?=day|morning|evening|night|week|month)", "every "),
    (r"(every|in|for) too (?=hour|day|week|minute)", r"\1 2 "),
    (r"(at|by) (?:to|too) (?=[ap]m\b|o'?clock)", r"\1 2 "),
    (r"for (?=[ap]m\b)", "at 4 "),
    (r"(?:at )?ate (?=[ap]m\b|o'?clock)", "at 8 "),
    (r"nite(s?)", r"night\1"),
    (r"times by (?=day|week|month)", "times a "),
    (r"(?:the )?first day of (?=(?:the|every|each) month)", "1st of "),
    (r"on the (?:dot|stroke) (?:of|at)", "at"),
    (r"(?:on )?each of (?:the )?(?=next|coming)", "for "),
    (r"(?:for |during |in )?the month of (?=[a-z])", "in "),
    (r"(?:between|from) now (?:and|until|till|til|to|up to)|from now on (?:and )?until", "until"),
    (r"(?:nothing|none|not|no more|no reminders?) (?:after|past|beyond) (?=\d|the \d|mon|tue|wed"
     r"|thu|fri|sat|sun|jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec|christmas|easter|tomorrow)"
     r"|no later than |not later than ", "until "),
    (r"(?:not|no|never) (?:before|earlier than) (?=\d)", "from "),
    (r"(\d+) (?:reminders|nudges|alerts|pings)", r"\1 times"),
    (r"(?:a )?total of (\d+)(?! times)", r"\1 times"),
    (r"1 (?=every |each |per |a day)", ""),
    (r"tomorrow and (?:the )?day after(?! tomorrow)", "tomorrow and overmorrow"),
    (rf"(?:but )?(?:i )?(?:don'?t|do not|won'?t|needn'?t)(?: need| want| have| bother| remind"
     rf"| nudge| ping| disturb| do| send| press)?(?: (?:me|it|them|this|any|1|that|to|be|reminding"
     rf"|reminded|reminders))* {_THAT_DAY}", "not "),
    (rf"(?:but )?(?:there is |there's )?no need(?: for (?:it|1|that))? {_THAT_DAY}", "not "),
    (rf"(?:but )?leave me (?:alone|be|in peace) {_THAT_DAY}", "not "),
    (r"(?:2 times|twice) (?:an|per|every|each) hour", "every 30 minutes"),
    (r"(?:3 times|thrice) (?:an|per|every|each) hour", "every 20 minutes"),
    (r"tmrw|tmr|tmw|tomoz|2moro|tomoro", "tomorrow"),
    (r"arvo(s?)", r"afternoon\1"),
    (r"brekk(?:ie|y)", "breakfast"),
    (r"(every|each) (?:bloody|blessed|damn|damned|darn|god ?given|flipping) (?=\w)", r"\1 "),
    (r"in the ([ap]m)", r"\1"),
    (r"(this|tomorrow|every|each) am(?! \d)", r"\1 morning"),
    (r"(this|tomorrow|every|each) pm(?! \d)", r"\1 afternoon"),
    (r"thirtieth", "30th"),
    (r"until (?:further notice|(?:i|we) (?:say|tell|ask|cancel|stop)[a-z ]*)", ""),
    (r"(?:for )?(?:the )?(?:rest|remainder) of (?:the |this )?(week|month|year)",
     r"until end of this \1"),
    (r"(?:for |over |on |during )?(?:the )?next (\d+) (morning|afternoon|evening|night)s",
     r"for next \1 days \2"),
    (r"(?:for |on )?(\d+) (morning|afternoon|evening|night)s (?:running|in (?:a row|succession)"
     r"|straight|on the trot|consecutively)", r"for next \1 days \2"),
    (r"(?:for |on )?(\d+) (days|weeks) (?:running|in (?:a row|succession)|straight|on the trot"
     r"|consecutively)|(?:for |on )?(\d+) (?:consecutive|straight) (days|weeks)",
     r"for next \1\3 \2\4"),
    (r"(?:all )?(?:day and (?:all )?night|night and day)|a?round the clock"
     r"|24 hours(?: a day)?", "from 0:00 until 23:59"),
    (r"(?:the )?last (?:1|one|time|reminder) (?:is |being |should be |will be |comes? )?"
     r"(?:on |at )?(?:the )?(?=\d|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep"
     r"|oct|nov|dec|christmas|tomorrow|next)", "until "),
    (r"(?:the )?first (?:1|one|time|reminder) (?:is |being |should be |will be |comes? )?(?:on )?"
     r"(?:the )?(?=\d{1,2}(?:st|nd|rd|th)|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|jun|jul|aug"
     r"|sep|oct|nov|dec|tomorrow|next)", "from "),
    (r"(?:kick(?:ing)?|set(?:ting)?|start(?:ing)?) off(?: again)?(?: from| on| at| with| in)?",
     "from"),
    (r"with effect from", "from"),
    (r"(?:finishing|finishes|finish|concluding|wrapping up|winding up|running)(?: up)?"
     r" (?:on|until|to)|(?:finishing|ending) (?=\d|mon|tue|wed|thu|fri|sat|sun)", "until "),
    (r"last thing(?: at night| in the evening)?", "before bed"),
    (r"(?:every|per|each) quarter(?! (?:of|hour|past|to|an))", "every 3 months"),
    (r"(\d{1,2}[:.]\d{2}) ?h(?:rs|ours)?(?![a-z])", r"\1"),
    (r"([1-9]|1\d|2\d) 0 ([1-9])(?! ?(?:min|hour|day|week|\d))", r"\1:0\2"),
    (r"(?:(?:every|each|1|one) )?day on,? (?:and )?(?:(?:1|one) )?day off", "every other day"),
    (r"m ?/ ?w ?/ ?f|mwf", "monday wednesday and friday"),
    (r"tu?e? ?/ ?thu?|tth", "tuesday and thursday"),
    (r"7 (?:days|times) (?:a|per|in the|of the) week|24 ?/ ?7", "every day"),
    (r"(\d) days (?=(?:a|per|every|each|in the) week)", r"\1 times "),
    (r"(?<!times )(?<!time )(?:during|in|through(?:out)?) the (?:working |work |school )?week"
     r"(?! (?:of|after|before|starting|beginning))", "on weekdays"),
    (r"(?:during|in|within) (?:my |the )?(?:work(?:ing)?|office|business) hours?",
     "from 9 am until 5 pm on weekdays"),
    (r"(?:once|1 time) (?:an|every|each|per|a) hour", "every hour"),
    (r"(\d{1,2}) ?am (?:and|&) pm", r"\1 am and \1 pm"),
    (r"quarterly", "every 3 months"),
    (r"yearly|annually", "every year"),
    (r"(?:all (?:of )?|the whole (?:of )?)(?:the )?(?=(?:this|next) (?:week|month))", "every day "),
    (rf"all (?:through|of|during) (?={_MONTH})|the whole of (?={_MONTH})", "every day in "),
    (rf"(?:throughout|during) (?={_MONTH})", "in "),
    (r"(?:at |on |by )?(?:the )?end of (?:every|each) month(?! ?,? ?(?:on )?(?:the )?last)",
     "on the last day of every month"),
    (r"(?:at |on |by )?(?:the )?(?:start|beginning) of (?:every|each) month",
     "on the 1st of every month"),
    (r"(?:in |at |by )?(?:the )?middle of (?:every|each) month", "on the 15th of every month"),
    (r"(?:the )?(?:second|2nd|next) (?:to|from) (?:the )?last|last but 1|penultimate",
     "penultimate"),
    (r"(?:another )?(\d+) (?:more|further) times?|another (\d+) times?", r"\1\2 times"),
    (r"(in|for|after) (\d{1,2}) ?h ?(\d{2})(?: ?min\w*|m)?(?! ?[ap]m)",
     r"\1 \2 hours and \3 minutes"),
    (r"(?<!every )(?<!each )(?<!in )(?<!next )(\d+) ?(minutes?|mins?|hours?|hrs?)"
     r" (?=(?:timer|reminder|alarm|nudge|countdown)\b)", r"in \1 \2 "),
    (r"all (?:the )?(?=(?:mon|tues|wednes|thurs|fri|satur|sun)days?)", "every "),
    (r"(?:save|bar(?:ring)?) (?=(?:for )?(?:on )?(?:the )?(?:mon|tue|wed|thu|fri|sat|sun"
     r"|week|christmas|easter|tomorrow|\d{1,2}(?:st|nd|rd|th)))", "except "),
    (r"(?:unless|except (?:when|if)) it(?:'s| is) (?:an? )?(?=\w)", "except "),
    (r"(?:in|after) (\d+|an?) (days?|weeks?|months?|2 weeks),? (?:please )?(?:start|begin)(?:ing)?",
     r"from in \1 \2 on "),
    (r"day in,? (?:and )?day out", "every day"),
    (r"at (\d{1,2}) hours?", r"at \1:00"),
    (rf"(?:but )?{_ONE_DAY} (?:excluded|excepted|not included|off|not)(?= ?(?:[,.;]|$))",
     r"except \1"),
    (rf"without (?={_DAY})", "not "),
    (rf"(?:thru|through) (?={_DAY})", "until "),
    (r"(in|every|each|for|after) (\d+) ?(?:h|hr)", r"\1 \2 hours"),
    (r"(in|every|each|for|after) (\d+) ?m", r"\1 \2 minutes"),
    (r"(?:up )?(?:to|until|till) and incl(?:uding|\.)?|(?:up )?to and with", "until"),
    (r"(every day|all days|daily) but (?=(?:not )?(?:on )?(?:the )?(?:mon|tue|wed|thu|fri|sat|sun"
     r"|week|tomorrow|christmas|easter|new year|\d{1,2}(?:st|nd|rd|th)))", r"\1 except "),
    (r"no (?:reminders?|alarms?|messages?) (?=on|for|this|next|tomorrow|at)", "not "),
    (r"no (?=(?:mon|tues|wednes|thurs|fri|satur|sun)days|week ?ends)", "not "),
    (r"(?:all|every|each) (?:of )?(?:the )?(?:single )?days", "every day"),
    (r"all (?:the )?(mornings|afternoons|evenings|nights)", r"\1"),
    (r"(?:at )?(?:the )?same (?:time|hour)(?: (?:as )?(?:today|now))?", "sametime"),
    (r"this time (?=tomorrow|next|on |in )", "sametime "),
    (r"(?:every|each) (?:and every|single|1)", "every"),
    (r"each|evry|ev|evr", "every"),
    (r"daily|everyday|day by day", "every day"),
    (r"nightly", "every night"),
    (r"hourly|on the hour", "every hour"),
    (r"weekly", "every week"),
    (r"monthly", "every month"),
    (r"fortnightly|bi ?weekly|(?:every|per|once a) fortnight", "every 2 weeks"),
    (r"fortnights?", "2 weeks"),
    (r"(?:a|an|1) 2 weeks", "2 weeks"),
    (r"alternate|alternating", "every other"),
    (r"every every", "every"),
    (r"(?:business|working|work|office|week|wk) ?days?", "weekdays"),
    (r"week ?ends", "weekends"),
    (r"week ?end", "weekend"),
    (r"(?:once|1 times?) (?:a|an|per|each|every|in|in the|in a) (day|week|month|year)",
     r"every \1"),
    (r"once (?=every)", ""),
    (r"twice", "2 times"),
    (r"thrice", "3 times"),
    (r"(\d+) ?x", r"\1 times"),
    (r"(?:a )?couple(?: of)?", "2"),
    (r"a few", "3"),
    (r"(?:3 )?quarters of an hour", "45 minutes"),
    (r"half (?:an? )?hour", "30 minutes"),
    (r"(?:a )?quarter (?:of )?(?:an )?hour", "15 minutes"),
    (r"(?:the )?day after tomorrow", "overmorrow"),
    (r"to ?nite|this night", "tonight"),
    (r"o ?clock", "o'clock"),
    (r"up to|up until|til|till|'til|untill|thru to|through to", "until"),
    (r"(?:ending|ends)(?: on| at)?|(?:stop|stops|stopping) (?:on|at|after)", "until"),
    (r"(?:starting|beginning|commencing|effective)(?: again)?(?: from| on| at| with| in)?", "from"),
    (r"as (?:of|from)", "from"),
    (r"(?:starts?|begins?)(?: from| on| with)? (?=next|this|tomorrow|today|mon|tue|wed|thu|fri"
     r"|sat|sun|in|\d)", "from "),
    (r"onwards?|on wards", ""),
    (r"with the exception of|exclud(?:e|ing)|except(?:ing)?(?: for| not)?|apart from|aside from"
     r"|besides|other than|save for|not counting|not including|but without|unless", "except"),
    (r"leav(?:e|ing) (?:out|off)|skip(?:ping)?|minus|but never|but no|never|omit(?:ting)?"
     r"|(?:but |just |only |and )?not", "not"),
    (r"(?:and |but )?then (?:stop|end|finish|it ends|that's it|no more)", ""),
    (r"(?:xmas|christmas) eve", "christmaseve"),
    (r"xmas|christmas day", "christmas"),
    (r"new year'?s? eve", "newyeareve"),
    (r"new year'?s day|new years? day|new year's", "newyear"),
    (r"(?:(?<=until )|(?<=after )|(?<=from )|(?<=before )|(?<=and ))(?:the )?new year(?! new)",
     "newyear"),
    (r"(easter) (monday|sunday)|(good) (friday)|(boxing) (day)|(bonfire) (night)"
     r"|(palm) (sunday)|(ash) (wednesday)", r"\1\2\3\4\5\6\7\8\9\10\11\12"),
    (r"guy fawkes(?:'?s?)?(?: (?:night|day))?", "bonfirenight"),
    (r"st\.? ?patrick'?s?(?: day)?|saint patrick'?s?(?: day)?", "stpatricks"),
    (r"valentine'?s?(?: day)?", "valentines"),
    (r"thanksgiving day", "thanksgiving"),
    (r"(?:give (?:me|it|her|him)|wait|let me have|leave it(?: for)?|allow)"
     r" (?=\d+ (?:min|hour|hr))", "in "),
    (r"first thing in (?=the morning|morning)", "in "),
    (r"(?:around|about|roughly) (?=\d{1,2}(?:[:;.]\d\d)?(?:ish)?\b(?! ?(?:min|hour|hr|sec|day"
     r"|week|mon|time|point)))", "at "),
    (r"(?:late|early|mid) (?=morning|afternoon|evening)", ""),
)  # fmt: skip
_HALF_HOURS = re.compile(
    r"\b(?:(\d+) and a half hours?|(?:an |1 )?hour and (?:a )?half|(\d+) hours? and (?:a )?half"
    r"|(\d+)\.5 hours?)\b"
)
_MEAL = r"(?:breakfast|lunch|dinner|supper)"
_MEALS = re.compile(
    rf"\b(before|after|with|at) (?:(?:each|every|all|my|the|of)? ?(?:my )?meals?\b|my {_MEAL}"
    rf"|{_MEAL})(?:(?:,| ,|,? and)* (?:my )?{_MEAL}\b)*"
)
_TENS = re.compile(rf"\b(20|30)[ -]({'|'.join(ORDINALS[:9])})\b")


def dashed(text: str) -> str:
    """'Mon-Fri' and '9–5' with a word between."""
    text = re.sub(r"[\u2010-\u2015]", "-", text)
    names = rf"(?:{'|'.join([*WEEKDAYS, *SHORT_DAYS])})s?"
    text = re.sub(rf"\b({names}) ?- ?({names})\b", r"\1 to \2", text)
    clock = r"\d{1,2}(?:[:.]\d{2})? ?(?:[ap]m)?"
    return re.sub(rf"(?<![\d-])({clock}) ?- ?(?={clock}(?![\d-]))", r"\1 until ", text)


def in_one_way(text: str) -> str:
    """A message, with what means the same said in the same words."""
    text = re.sub(r"(?<=\d)(?=[ap]m\b)", " ", text)
    text = _HALF_HOURS.sub(_half_hours, text)
    text = _MEALS.sub(_each_meal, text)
    text = _TENS.sub(lambda found: f"{int(found[1]) + ORDINALS.index(found[2]) + 1}th", text)
    for pattern, replacement in _patterns():
        text = pattern.sub(replacement, text)
    return " ".join(text.split())


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    # What looks ahead at the next word has no end of its own.
    ends = {said: "" if "(?=" in said else r"(?![\w'])" for said, _ in SAME}
    return tuple((re.compile(rf"(?<![\w'])(?:{said}){ends[said]}"), same) for said, same in SAME)


def _each_meal(found: re.Match[str]) -> str:
    """'After each meal', 'before breakfast and dinner', each meal with the word before it."""
    named = re.findall(_MEAL, found[0])
    lead = "" if named else "every day "
    meals = named or ["breakfast", "lunch", "dinner"]
    return lead + " and ".join(f"{found[1]} {meal}" for meal in meals)


def _half_hours(found: re.Match[str]) -> str:
    whole = next((int(group) for group in found.groups() if group), 1)
    return f"{whole * 60 + 30} minutes"
