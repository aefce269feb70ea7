"""Words that say how pain goes on: worse, better, known to a doctor, lasting."""

from __future__ import annotations

import re

WORSE = re.compile(
    r"\b(?:(?:getting|gets|got|gotten|become|becoming|becomes|is|feels?|gone|going|growing|"
    r"much|even|far|"
    r"way|lot|bit|little|definitely|any|steadily|slowly|quickly|only|"
    r"keeps? getting) (?:\w+ )?worse|worse "
    r"(?:than (?:yesterday|before|last|ever|it was|when)|every|each|by the|and worse|now|today|"
    r"tonight|this (?:morning|week)|when i (?:walk|sit|stand|move)|since|after)|its worse|"
    r"worsen\w*|worser|"
    r"(?:hurt(?:s|ing)?|ach(?:e|es|ing)|sorer) (?:\w+ )?more (?:since|after|now|than|today|each)|"
    r"(?:hurt(?:s|ing)?|ach(?:es|ing)|sorer) (?:\w+ ){0,2}more$|"
    r"(?:pain|ache|it|its) (?:has |have |is |just )?(?:got|gotten|became|went|grew|come up) "
    r"(?:\w+ )?(?:stronger|sharper|sorer|fiercer|nastier|more)|"
    r"(?:stronger|sorer|more painful) than (?:it was|before|earlier|at first)|"
    r"more pain(?:ful)? (?:since|after|now|than|today|each)|made (?:it|my \w+) hurt more|"
    r"(?:turned|changed|gone) (?:in)?to (?:a |something )?(?:sharp\w*|constant|severe|stabbing)|"
    r"now (?:its |it is )?(?:\w+ and )?(?:constant|stronger|sharper)\b|"
    r"deteriorat\w*|deterioat\w*|escalat\w*|intensif\w*|"
    r"(?:pain|ache|it|its|hurt\w*|soreness) (?:is |are |has |keeps |just |been )*"
    r"(?:spread\w*|doubl\w+|trebl\w+|tripl\w+|increas\w*|mounting|ramp\w* up|building up|growing)|"
    r"(?<!warm )(?<!warmth )(?<!feeling )spreading|creeping (?:up|down|into|round|around)|"
    r"(?:more|increasingly) (?:painful|sore|intense|severe)(?! point)|hurts more (?:and more|"
    r"each|every|now|"
    r"than|today)|"
    r"(?:each|every) (?:day|morning|night|hour|week) (?:\w+ ){0,4}(?:worse|stronger|sorer|more|"
    r"harder|"
    r"sharper)|"
    r"(?:stronger|sharper|sorer|fiercer|harder to bear) (?:every|each|by the|than (?:yesterday|"
    r"before|last))|"
    r"(?:getting|gets|growing|becoming) (?:\w+ )?(?:stronger|sharper|sorer|fiercer|unbearable|"
    r"intense)|"
    r"went from (?:\w+ ){1,5}to|used to (?:be|ease) (?:\w+ ){1,6}(?:but )?now|"
    r"used to be (?:a )?\d+,? now (?:its |a )*\d+|"
    r"now (?:it )?hurts to \w+ too|now (?:its )?(?:everywhere|all over|hurts everywhere)|"
    r"started (?:off )?small(?: and)?,? (?:and )?now|the more i press (?:\w+ ){0,3}worse|"
    r"going downhill|"
    r"not getting any better,? (?:its )?worse|made it worse|makes it worse now|"
    r"flar\w+ up (?:badly|again))\b"
)
# More pain as such: it need not be getting worse from day to day, and is no relief.
MORE = re.compile(
    r"\b(?:hurt(?:s|ing)?|ach(?:es|ing)) (?:\w+ ){0,2}more\b(?! easily)|\bmore pain(?:ful)?\b|"
    r"\bworse\b|\bmore than before\b|\b(?:stronger|sorer|nastier) than\b"
)
NOT_WORSE = re.compile(
    r"\b(?:not|isnt|no|never|hasnt|wont|doesnt|didnt|without|cant|will it|could it|can it|"
    r"might|may|make it|makes it|would it|if it|if|would|could|can|does|doing|wasnt|nothing|"
    r"anything|what|which|things?|stop it)\s+(?:\w+\s+){0,3}$"
)
BETTER = re.compile(
    r"\b(?:(?:getting|gets|feels?|feeling|much|bit|lot|already|slowly|is|far|its|little|definitely|"
    r"way) better|better (?:now|today|than (?:last|before|yesterday|it was))|easing|eased|"
    r"improving|"
    r"improved|(?:nearly|almost|all|mostly) (?:gone|better|healed|over)|gone now|settl(?:ed|ing)|"
    r"on the mend|went away|(?:is|has|its|now) gone|healed|cleared up|going away now|"
    r"recover(?:ed|ing)|wearing off|calming down|less (?:sore|painful))\b"
)
NOT_BETTER = re.compile(
    r"\b(?:not|isnt|no|never|hasnt|wont|doesnt|didnt|without|cant|arent|nothing|until|when|if|will|"
    r"would|make it|makes it|to be|any|before it|want it|how)\s+(?:\w+\s+){0,2}$"
)
KNOWN = re.compile(
    r"\b(?:(?:seen|saw|been to|been told by|told by|checked by|cleared by|diagnosed by|"
    r"under) (?:\w+ ){0,3}"
    r"(?:doctors?|dr|gp|physio\w*|specialist|consultant|surgeon|hospital)|(?:doctor|dr|gp|"
    r"physio|specialist|"
    r"consultant)s? (?:\w+ )?(?:knows?|said|says|told|checked|diagnosed|reckons|looked)|"
    r"been (?:checked|diagnosed|scanned)|had (?:an mri|a scan|scans|x rays?)|"
    r"(?:mri|scan|x ray) (?:was|is|came back) (?:fine|clear|normal|ok)|"
    r"same as (?:usual|always|ever)|nothing new)\b"
)
# Only pain that has lasted long and has not changed gets the short form.
SETTLED = re.compile(
    r"\b(?:years|decades|chronic\w*|long ?(?:standing|term)|same as (?:usual|always|ever)|"
    r"nothing new|since (?:childhood|my (?:twenties|thirties|forties|fifties|teens)))\b"
)
UNSETTLED = re.compile(
    r"\b(?:no better|not (?:any |getting )?better|(?:hasnt|not|isnt|never) "
    r"(?:changed|improv\w*|eased|gone|healing)|doesnt (?:help|go)|nothing (?:helps|works)|"
    r"again and again|but now|lately)\b"
)
VAGUE = re.compile(
    r"\b(?:ages(?! ago)|yonks|for (?:so|very|too) long|"
    r"a (?:very |really )?long (?:time|while)(?! ago)|"
    r"for (?:a while|quite a while|quite some time|as long as)|months on end|weeks on end|"
    r"(?:keeps?|kept|always|constantly) (?:on )?(?:coming|comes?) back|keeps? (?:returning|"
    r"recurring|"
    r"hurting|happening|playing up|flaring)|keep getting (?:\w+ ){0,2}(?:back ?ache|back pain|"
    r"backaches?|pain)|"
    r"(?:wont|doesnt|will not|does not|isnt|not|never|hasnt|refuses to|simply wont|didnt) (?:\w+ )?"
    r"(?:go(?:ing|es|ne)?(?: away)?(?! (?:down|into|to|past|up|anywhere|further|beyond|on|in|at|"
    r"under|over|between|there))|"
    r"shift\w*|budg\w*|ease|easing|eases|settl\w*|"
    r"let(?:ting)? up|clear\w*|leave|"
    r"disappear\w*|subsid\w*|heal\w*|improv\w*)|"
    r"(?:not|isnt|no|never|hasnt|aint|wont|doesnt|dont) (?:\w+ )?(?:\w+ )?(?:better|improv\w*)|"
    r"no (?:change(?! in (?:my |the )?(?:bowel|bladder|weight|appetite|diet))|"
    r"improvement|different)|(?:exactly|just|still) the same|not helping|"
    r"since before|dragging on|drags on|"
    r"(?:pain|ache|it) (?:has |have |is |keeps )?(?:returned|come back|came back)|"
    r"chronic\w*|persist[ae]nt\w*|persists|long ?standing|long ?term|ongoing|lingering|"
    r"on and off|off and on|"
    r"comes and goes|come and go|again and again|over and over|"
    r"never (?:fully |really |quite |completely )?(?:heals?|stops?|ends|goes|goes away)|"
    r"nothing (?:helps?|works|has helped|is helping|seems to (?:help|work))(?! me (?:find|"
    r"understand))|"
    r"all (?:week|month|year|summer|winter|spring|autumn)|"
    r"(?<!not )every (?:single )?day|day after day|"
    r"(?:my )?(?:whole|all my) life)\b"
)
