"""What a message asks for: one attribute of a point or of pressing, or a subject, in its order.

The question word says what is asked, whatever part of the body or complaint is next to it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import Enum
from functools import lru_cache

from bot.knowledge.schema.told import ToldFile
from bot.text.phrases import normalised


class Asked(str, Enum):
    """One thing to be asked about. Its value names it where it is left for later."""

    WHERE = "where it is"
    HOW = "how to press"
    HARD = "how hard"
    LONG = "how long"
    OFTEN = "how often"
    ROUNDS = "how many rounds"
    SIDE = "which side"
    FINGER = "with which finger"
    POSITION = "sitting or lying"
    PURPOSE = "what it is for"
    NAME = "its names"
    SAFE = "whether it is safe"
    COUNT = "how many points"
    MEAL = "meals"
    BATH = "bathing"
    SPORT = "exercise"
    DAYTIME = "the time of day"
    BREATH = "breathing"
    SOON = "how soon it helps"
    OTHER_WAYS = "other ways"
    RISKS = "the risks"
    EVIDENCE = "the proof"
    GUIDELINES = "the guidelines"
    REVIEWED = "who checked this"
    PRIVACY = "your data"
    SOURCES = "the sources"
    NUMBERS = "the studies"
    PLACEBO = "fake pressing"
    EXACT = "the exact place"
    MEANWHILE = "what else you do meanwhile"
    SAME_POINTS = "the same points or others"
    ONE_POINT = "one point"
    WARNINGS = "the warnings"
    WHY_DAYS = "why I ask how long"
    WHY_THIS = "why this point"
    OBJECT = "pressing with a thing"
    HELPER = "pressing by somebody else"
    MY_SCORE = "what you told me"
    ASK_ME = "what I would like to know"
    ILLNESS = "an illness that I do not know"


_I = r"(?: (?:do|can|could|should|would|must|to))?(?: (?:i|you|we|one|he|she|they))?(?: \w+)?"
_HARD = r"(?:hard|firm(?:ly)?|strong(?:ly)?|deep(?:ly)?|soft(?:ly)?|gentl[ey]|light(?:ly)?)"
_DIGIT = r"(?:thumb|finger|fingertip|knuckle|palm|elbow)s?"
_PAIRED = r"(?:hand|foot|leg|arm|wrist|knee|elbow|ankle|shoulder)"
_PAIRS = r"(?:sides|hands|feet|legs|arms|wrists|knees|elbows|ankles|shoulders)"
_REST = r"(?:sit|sitting|seated|lie|lying|stand|standing)(?: (?:down|up))?"
_EXERCISE = (
    r"(?:run|running|jog|jogging|exercise|exercising|sports?|gym|work ?out|working out|training)"
)
# What people would press with instead of a hand.
_THING = (
    r"(?:biro|pen|pencil|spoon|teaspoon|key|stick|needle|fork|handle|cap|eraser|chopstick|stone"
    r"|pebble|marble|golf ball|knife|comb|brush|coin|toothpick|finger ?nails?|cork|screwdriver|peg"
    r"|bottle|gua sha stone|lid|tip of \w+|end of \w+)s?"
)
_SOMEBODY = (
    r"(?:(?:my|a|the|his|her|our) (?:\w+ )?(?:wife|husband|partner|girlfriend|boyfriend|friend|mum"
    r"|mother|dad|father|son|daughter|sister|brother|carer|nurse|helper|flatmate|neighbou?r)"
    r"|someone(?: else)?|somebody(?: else)?|anyone(?: else)?|anybody(?: else)?|another person)"
)
_WORDS: dict[Asked, str] = {
    Asked.WHERE: r"\bwhere(?:abouts)?\b(?! (?:do|did) you (?:get|learn|take)| (?:it|i|he|she)\b"
    r"| does (?:it|this|that) (?:come|hurt))|\bhow .{0,12}\bfind\b|\bwhich (?:toe|rib)s?\b",
    Asked.HOW: rf"\bhow{_I} (?:press|massage|rub|push|stimulate|do it|do this|use it)\b"
    r"|\bwhat (?:rhythm|technique)\b",
    Asked.HARD: rf"\bhow (?:much )?{_HARD}\b|\bhow much (?:pressure|force|strength|weight)\b"
    rf"|\b{_HARD} or {_HARD}\b|\b(?:press|push)(?: it)? {_HARD}(?:er)?$",
    Asked.LONG: r"\bhow long\b|\bhow many (?:seconds|minutes)\b",
    Asked.OFTEN: r"\bhow often\b|\bhow many times\b|\btimes (?:a|per|each) (?:day|week)\b"
    r"|\b(?:ok|okay|fine|enough|can i|may i|should i)\b.*\b(?:once|twice|\w+ times)\b"
    r"|\b(?:once|twice|\w+ times)\b.*\b(?:ok|okay|fine|enough|too much|too often|all right)\b",
    Asked.ROUNDS: r"\bhow many (?:rounds|sets|reps|repeats|repetitions)\b",
    Asked.SIDE: rf"\b(?:which|what) side\b"
    rf"|\b(?:which|what) {_PAIRED}\b(?! (?:points?|spots?|helps?))"
    rf"|\bwhich of (?:my|the|your) (?:two )?{_PAIRS}\b"
    rf"|\b(?:left|right)(?: \w+)? or(?: the| my| on the)? (?:left|right)\b"
    r"|\bboth (?:at once|together|at the same time)\b|\bone by one\b"
    r"|\b(?:do|does|should|can|could|must|may|need|have to|press)\b(?: \w+){0,4}"
    rf" (?:both {_PAIRS}|(?:one|other) side)\b",
    Asked.FINGER: rf"\b(?:which|what) {_DIGIT}\b|\b{_DIGIT} or(?: with)?(?: my| the| a)? {_DIGIT}\b"
    rf"|\b(?:with|use|using) (?:my|the|a|one) (?:\w+ )?{_DIGIT}\b|\bwith what\b"
    r"|\bwhat (?:do|should|can|must) i (?:press|push|do|use)(?: it)? with\b",
    Asked.POSITION: rf"\b{_REST} or {_REST}\b"
    rf"|\b(?:do|does|should|must|can|may) (?:i|he|she|they|you|one) (?:have to |need to )?"
    rf"{_REST}\b",
    Asked.PURPOSE: r"\bwhat(?:'s| is| does) (?:(?:it|this|that|this point|[a-z]{2}\d{1,2}) )?"
    r"(?:good for|for|do|help|treat|used for)\b",
    Asked.NAME: r"\bwhat(?:'s| is) (?:it|(?:the|this|that) point) called\b"
    r"|\bwhat(?:'s| is) (?:its|the) (?:\w+ )?name\b",
    Asked.SAFE: r"\b(?:is|are) (?:it|this|that|they|these|[a-z]{2}\d{1,2}) "
    r"(?:safe|dangerous|risky|harmful)\b",
    Asked.COUNT: r"\bhow many (?:\w+ )?(?:points|spots)\b",
    Asked.MEAL: r"\b(?:before|after|with|on) (?:a |an |my |the )?"
    r"(?:meals?|food|eating|lunch|dinner|breakfast|supper|empty stomach|full stomach)\b"
    r"|\b(?:before|after|when) (?:(?:i|we) )?(?:eat|have eaten|ate)\b",
    Asked.BATH: r"\b(?:in|after|before|during|under) (?:a |the |my )?(?:hot |warm )?"
    r"(?:bath|bathtub|tub|shower|sauna)\b",
    Asked.SPORT: rf"\b(?:before|after|during) (?:a |my |the )?{_EXERCISE}\b",
    Asked.DAYTIME: r"\b(?:what|which|best) time(?: of (?:the )?day)?\b"
    r"|\bwhen (?:in|during) the day\b|\bbefore bed(?:time)?\b"
    r"|\b(?:morning|mornings) or (?:in the )?(?:evening|night|afternoon)s?\b",
    Asked.BREATH: r"\b(?:how|should|do|must|can) .{0,20}\bbreathe?\b",
    Asked.SOON: r"\bhow (?:soon|quick(?:ly)?|fast)\b"
    r"|\bhow long\b.*\b(?:does nothing|do nothing|no use|admit|give up|keep trying"
    r"|give (?:it|this) a (?:go|try))\b"
    r"|\bhow long (?:until|till|before|(?:does|will|would) it (?:take|be))\b",
    Asked.OTHER_WAYS: r"\bwhat (?:might|could|would) (?:ease|soothe|relieve|be good for|help)\b"
    r"|\b(?:what|which|best|any) position\b.*\b(?:bed|sleep|night)\b"
    r"|\b(?:ice|cold|cool|heat|warm|warmth|hot)(?: packs?)? or (?:a |an )?(?:ice|cold"
    r"|heat|warm|warmth|hot)\b"
    r"|\b(?:what|which|new|best) (?:\w+ )?(?:mattress|shoes?|chair)\b"
    r"|\b(?:car|road|train|plane|bus) (?:trips?|journeys?|rides?)\b(?=.*\b(?:tips?|advice)\b)"
    r"|\bon my feet\b|\btips for (?:the |a )?(?:car|driv\w+|flight|travel\w*)\b"
    r"|\b(?:long|hours?) (?:\w+ ){0,3}(?:drive|drives|driving|car|car trips?|flight)\b"
    r"|\bis sex\b|\bhave sex\b"
    r"|\bcan i (?:still )?(?:go to (?:the )?(?:work|office|job)|work)\b",
    Asked.RISKS: r"\b(?:what|any|are there|which) .{0,12}(?:risks?|dangers?|side effects?)\b"
    r"|\bwhat (?:happens|if i) .{0,12}\btoo (?:hard|long|much|often)\b"
    r"|\bcan (?:it|this|that) (?:do )?(?:harm|damage|hurt me|go wrong)\b",
    Asked.EVIDENCE: r"\bproof\b|\bproven\b|\bevidence\b|\bscientific\b|\bresearch\b"
    r"|\b(?:does|do|will|is|are) (?:it|this|that|acupressure|pressing)(?: really| actually| even)?"
    r" (?:work|works|any good|any use|of any use|of use)\b",
    Asked.NUMBERS: r"\bhow many (?:people|patients|participants|subjects)\b"
    r"|\bby how much\b|\bhow much did .{0,12}(?:pain|it) (?:drop|fall|go|ease)\b"
    r"|\b(?:which|what|a|one|any|the best|the biggest) (?:stud(?:y|ies)"
    r"|trials?|papers?)\b",
    Asked.PLACEBO: r"\bplacebo\b|\b(?:fake|sham|pretend|pretended|mock) (?:press|point|treat)\w*",
    Asked.GUIDELINES: r"\bguidelines?\b|\bnice (?:say|advise|recommend|think)s?\b",
    Asked.SOURCES: r"\b(?:your|the|what|which|any) (?:sources?|references?"
    r"|publications?|literature)\b"
    r"|\bbased on\b|\bwhere (?:do|did) you (?:get|learn|take)\b"
    r"|\bwhere (?:does|do) (?:it|this|that|these|your facts) come from\b",
    Asked.EXACT: r"\bcun\b|\bvertebrae?\b|\bmidline\b|\banatom\w+"
    r"|\bprofessional (?:place|location)\b"
    r"|\b(?:which|what) (?:nerve|muscle|bone|tendon)\b",
    Asked.MEANWHILE: r"\b(?:can|may|could|should|allowed|ok|okay|all right|fine|something)\b.*"
    r"\b(?:while|during|at the same time|in (?:a|the|my) (?:meeting|call|bus|train|plane|car)"
    r"|on (?:a|the|my) (?:bus|train|plane|sofa|way)|watch(?:ing)?|at (?:work|my desk|the desk))\b",
    Asked.SAME_POINTS: r"\bsame (?:points?|spots?|ones?|places?)\b.*\b(?:or|every|each|daily)\b"
    r"|\b(?:swap|switch|change|vary|alternate|rotate)\b.{0,20}\b(?:points|spots|them)\b",
    Asked.ONE_POINT: r"\b(?:one|a single|just one|only one) (?:point|spot)\b"
    r"|\b(?:give|show|tell|name|find|need|want|try|know)\b.{0,12}\ba (?:\w+ )?(?:point|spot)\b",
    Asked.WARNINGS: r"\b(?:cut|skip|drop|stop|leave out|enough of|no more|without|spare me)"
    r"(?: with)? (?:the |your |all |all the )?(?:warnings?|disclaimers?|cautions?)\b",
    Asked.WHY_DAYS: r"\bwhy do you (?:ask|need|want)\b"
    r"|\bwhat do you need .{0,20}\b(?:that|it|this|days)\b",
    Asked.WHY_THIS: r"\bwhy (?:that|this|the) (?:one|point|spot)\b|^why (?:there|that|this)\b",
    Asked.OBJECT: rf"\b(?:with|use|using|take|instead)(?: \w+){{0,4}} {_THING}\b"
    rf"|\b{_THING}(?: \w+){{0,3}} (?:do|work|ok|okay|instead|help)\b"
    rf"|^(?:and )?(?:a |an |the |my )?(?:\w+ )?{_THING}$",
    Asked.HELPER: rf"\b(?:can|could|may|should|shall|must|will|would|is it|let)\b.*\b{_SOMEBODY}\b"
    r"(?: \w+){0,2} (?:do|press|rub|massage|help|push|hold|try|find)\b"
    rf"|\b(?:pressed|done|rubbed|massaged) by {_SOMEBODY}\b",
    Asked.ASK_ME: r"\bwhat (?:else )?(?:would|do|must|should) you (?:like|want|need|have) to"
    r" (?:know|ask)\b",
    Asked.MY_SCORE: r"\bwhat (?:number|score|figure)\b.*\b(?:i|me|my)\b.*\b(?:pain|give|gave|say"
    r"|said|tell|told)\b|\bwhat did i (?:say|tell|give)\b.*\bpain\b",
    Asked.ILLNESS: r"\b(?:safe|ok|okay|all right|alright|allowed|dangerous|dangeros|danger|problem"
    r"|bad|risky|harmful|fine)\b.*\b(?:with|if i have|if i hav|if you have|if i've got|if i got"
    r"|for people with|when i have) (?!(?:it|that|this|them|my|the|a|your|one) (?:hand|finger|thumb"
    r"|elbow|knuckle|wife|husband|friend)|it\b|that\b|this\b|them\b|back\b|pain\b|him\b|her\b)",
    Asked.REVIEWED: r"\b(?:reviewed|checked|approved|verified|written|looked over) by\b"
    r"|\bwho (?:has )?(?:checked|checks|reviewed|reviews|approved|wrote|writes|verified|looked"
    r"|looks|vetted|vets|signed)\b"
    r"|\b(?:doctor|clinician|nurse|physio|professional|expert|anyone|anybody|somebody|someone)s?"
    r" (?:ever |really )?(?:checked|reviewed|approved|read|vetted|verified|signed|signed off|looked"
    r"|gone) (?:this|these|it|your|what|the|over|off|through)\b|\bsigned off\b|\bpeer reviewed\b"
    r"|\bmedically (?:reviewed|checked|approved)\b|\breviewed (?:it |this )?medically\b",
    Asked.PRIVACY: r"\b(?:privacy|cookies?|gdpr|data protection)\b"
    r"|\b(?:is|are|stay|stays|kept|keep) .{0,25}\b(?:private"
    r"|confidential|secret|anonymous)\b|\b(?:keep|store|save|share|record|remember)\b.{0,15}"
    r"\b(?:what i|my (?:data|words|messages?|chats?)|this (?:chat|conversation)|data)\b"
    r"|\bwho (?:can )?(?:sees?|reads?) (?:this|what|my)\b",
}  # fmt: skip
_NICE = re.compile(r"\bNICE\b")
_FOUND = {asked: re.compile(words) for asked, words in _WORDS.items()}
# What is not pressing: how long to keep a warm pack on, which side to sleep on.
_OTHER_WAYS = re.compile(
    r"\b(?:heat|heating|warm pack|hot water|wheat bag|ice|cold pack|sleep|sleeping"
    r"|mattress|pillow|shoes?"
    r"|walk|walking|stretch|stretches|stretching|yoga|swim|swimming|get up|stand up|desk|screen)\b"
    r"|\b(?:lie|lying) (?:on|in)\b|\bin bed\b"
)
_ILLNESS = re.compile(
    r"\b(?:with|if i have|if i hav|if you have|if i've got|if i got|for people with|when i have)"
    r" (?:a |an |the |some |my )?(?P<what>[a-z][a-z'-]*(?: (?!(?:and|or|so|but|too|then|now|please"
    r"|is|in|at|on|for|if)\b)[a-z'-]+){0,2})"
)
_ABOUT_PRESSING = re.compile(
    r"\b(?:press|push|point|points|spot|rub|massage|hold)\w*\b|[a-z]{2}\d{1,2}\b"
)
_OF_PRESSING = frozenset({
    Asked.HOW, Asked.HARD, Asked.LONG, Asked.OFTEN, Asked.ROUNDS, Asked.SIDE, Asked.POSITION,
})  # fmt: skip
# How long something has been, takes or lasts is no question about pressing.
_SINCE = re.compile(
    r"\bhow (?:long|often|many times) (?:have|has|had|did|was|were|ago|is the|will i"
    r"|(?:does|will) (?:my|the|a))\b"
    r"|\b(?:wait|see a doctor|painkiller|tablet|pill|medicine)\w*\b"
)
# A circumstance is asked about; what hurts then is told.
_CIRCUMSTANCES = frozenset({Asked.MEAL, Asked.BATH, Asked.SPORT, Asked.DAYTIME})
_HURTS = re.compile(
    r"\b(?:hurt|hurts|hurting|pain|painful|ache|aches|aching|sore|stiff|worse|began|started)\b"
)


def asked_in(text: str) -> list[Asked]:
    """What a message asks for, in the order of asking; empty where none of it is asked.

    Args:
        text: the person's words.
    """
    said = normalised(text)
    found = {asked: hit.start() for asked, words in _FOUND.items() if (hit := words.search(said))}
    if named := _NICE.search(text):  # the body that writes guidelines, not the word
        found.setdefault(Asked.GUIDELINES, named.start())
    if Asked.SOON in found:
        found.pop(Asked.LONG, None)
    if Asked.SOURCES in found or Asked.EXACT in found:
        found.pop(Asked.WHERE, None)
    if Asked.PLACEBO in found or Asked.NUMBERS in found or Asked.GUIDELINES in found:
        found.pop(Asked.EVIDENCE, None)
    if Asked.OBJECT in found or Asked.HELPER in found:
        found.pop(Asked.HOW, None)
        found.pop(Asked.FINGER, None)
    if Asked.RISKS in found or (Asked.SAFE in found and Asked.ILLNESS not in found):
        found.pop(Asked.ILLNESS, None)
    if Asked.ILLNESS in found:
        found.pop(Asked.SAFE, None)
    if Asked.COUNT in found:
        found.pop(Asked.ROUNDS, None)
    if Asked.PRIVACY in found and not _ABOUT_PRESSING.search(said):  # 'how long do you keep it'
        found = {asked: at for asked, at in found.items() if asked not in _OF_PRESSING}
    if _HURTS.search(said):
        found = {asked: at for asked, at in found.items() if asked not in _CIRCUMSTANCES}
    of_pressing = [at for asked, at in found.items() if asked in _OF_PRESSING]
    if of_pressing and _SINCE.search(said):
        found = {asked: at for asked, at in found.items() if asked not in _OF_PRESSING}
    elif of_pressing and _OTHER_WAYS.search(said) and not _ABOUT_PRESSING.search(said):
        found = {asked: at for asked, at in found.items() if asked not in _OF_PRESSING}
        found[Asked.OTHER_WAYS] = min(of_pressing)
    return sorted(found, key=lambda asked: found[asked])


def illness_in(text: str) -> str:
    """What a question calls the illness that it asks about: 'asthma'; '' where it names none."""
    hit = _ILLNESS.search(normalised(text))
    return hit["what"] if hit else ""


def can_mean(intent: str, text: str, named: Collection[str], words: ToldFile) -> bool:
    """Whether a message holds a word, or names a thing, that belongs to an intent.

    Args:
        intent: what the model takes the message for; those not listed need nothing.
        named: the kinds of what the message mentions, such as 'complaint'.
    """
    for needed in words.meant:
        if needed.intent == intent:
            is_said = _beginning_with(tuple(needed.starts)).search(normalised(text))
            return bool({*needed.names} & {*named} or is_said)
    return True


@lru_cache(maxsize=16)
def _beginning_with(words: tuple[str, ...]) -> re.Pattern[str]:
    listed = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![\w'-])(?:{listed})")
