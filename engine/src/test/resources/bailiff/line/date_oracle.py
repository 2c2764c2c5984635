"""Asks an installed fail2ban what time a line has, and what is left of the line for its filters.

Reads questions and answers each with one line; PATTERN and LINE are in hexadecimal after an x:

  place TZ               the machine's time zone, as in the environment variable   -> ok
  new LOGZONE PATTERN    a detector; - for no logtimezone, x for no pattern         -> ok | refused REASON
  line NOW LINE          read at NOW by a detector that has read nothing before     -> SECONDS | none | failed REASON,
                                                                                       and the rest after a blank
  zone TEXT              the offset in minutes that a logtimezone stands for        -> MINUTES | refused REASON
  names                  every abbreviation of a zone that is known, with minutes   -> NAME=MINUTES ...
"""
import logging
import os
import sys
import time

sys.path.append('/usr/lib/python3/dist-packages')
logging.disable(logging.CRITICAL)

from fail2ban.server.filter import Filter
from fail2ban.server.mytime import MyTime
from fail2ban.server import strptime


def text(word):
    return bytes.fromhex(word[1:]).decode()


def code(words):
    return 'x' + words.encode().hex()


def built(zone, pattern):
    made = Filter(None)
    if zone != '-':
        made.setLogTimeZone(zone)
    if pattern:
        made.setDatePattern(pattern)
    return made.dateDetector


def read(zone, pattern, now, line):
    """As the server does it with the first line that it reads."""
    MyTime.setTime(now)
    detector = built(zone, pattern)
    match, template = detector.matchTime(line)
    if not match:
        return 'none ' + code(line)
    start, end = match.start(1), match.end(1)
    rest = code(line[:start] + line[end:])
    if not line[start:end]:
        return 'none ' + rest
    try:
        found = detector.getTime(line[start:end], (match, template))
    except Exception as fault:
        return 'failed %s' % type(fault).__name__
    return 'failed impossible' if found is None else '%d %s' % (int(found[0]), rest)


def offset(zone):
    try:
        return str(int(strptime.validateTimeZone(zone)))
    except Exception as fault:
        return 'refused ' + type(fault).__name__


zone, pattern = '-', ''
for question in sys.stdin:
    words = question.split()
    if words[0] == 'place':
        os.environ['TZ'] = words[1]
        time.tzset()
        answer = 'ok'
    elif words[0] == 'new':
        zone, pattern = words[1], text(words[2])
        try:
            for template in built(zone, pattern).templates:
                template.matchDate('')
            answer = 'ok'
        except Exception as fault:
            answer = 'refused ' + type(fault).__name__
    elif words[0] == 'line':
        answer = read(zone, pattern, int(words[1]), text(words[2]))
    elif words[0] == 'zone':
        answer = offset(text(words[1]))
    else:
        answer = ' '.join('%s=%d' % known for known in strptime.TZ_ABBR_OFFS.items() if known[0])
    print(answer, flush=True)
