"""Asks an installed fail2ban's own Filter what it makes of lines that belong together.

Reads, one command a line, values in hexadecimal after an x:
    stock NAME OPTION=VALUE...                        a filter of /etc/fail2ban; answers as `own` is written
    own MAXLINES PREFREGEX FAILREGEX... / IGNOREREGEX...   a filter of the test's own
    fresh                                             the same filter without anything remembered
    line TEXT                                         answers none, or FAILREGEX HOST SECOND USERS MATCHES
"""
import logging
import os
import sys
import time

os.environ['TZ'] = 'UTC'
time.tzset()
sys.path.append('/usr/lib/python3/dist-packages')
logging.disable(logging.CRITICAL)

from fail2ban.client.filterreader import FilterReader
from fail2ban.server.filter import Filter
from fail2ban.server.mytime import MyTime


def code(text):
    return 'x' + text.encode().hex()


def text(word):
    return bytes.fromhex(word[1:]).decode()


def stock(name, settings):
    reader = FilterReader(name, 'jail', dict(setting.split('=') for setting in settings), basedir='/etc/fail2ban')
    reader.read()
    reader.getOptions(None)
    found = {'addfailregex': [], 'addignoreregex': [], 'prefregex': '', 'maxlines': 1}
    for command in reader.convert():
        value = command[3]
        if isinstance(found.get(command[2]), list):
            found[command[2]] += value if command[0] == 'multi-set' else [value]
        else:
            found[command[2]] = value
    return int(found['maxlines']), found['prefregex'], found['addfailregex'], found['addignoreregex']


def build(maxlines, prefregex, failregex, ignoreregex):
    built = Filter(None)
    built.returnRawHost = True
    built.checkFindTime = False
    built.setMaxLines(maxlines)
    if prefregex:
        built.prefRegex = prefregex
    for regex in failregex:
        built.addFailRegex(regex)
    for regex in ignoreregex:
        built.addIgnoreRegex(regex)
    return built


def answer(failures):
    failures = [failure for failure in failures if not failure[3].get('nofail')]
    if not failures:
        return 'none'
    index, host, second, groups = failures[0]
    users = ','.join(sorted(code(user) for user in groups.get('users') or ()))
    matches = ','.join(code(''.join(match[::2])) for match in groups['matches'])
    return '%d %s %d u%s m%s' % (index, host, second or 1124013600, users, matches)


MyTime.setTime(1124013600)
parts = None
for line in sys.stdin:
    words = line.split()
    if words[0] == 'stock':
        parts = stock(words[1], words[2:])
        print(parts[0], code(parts[1]), *map(code, parts[2]), '/', *map(code, parts[3]), flush=True)
        built = build(*parts)
    elif words[0] == 'own':
        slash = words.index('/')
        parts = (int(words[1]), text(words[2]), list(map(text, words[3:slash])), list(map(text, words[slash + 1:])))
        built = build(*parts)
    elif words[0] == 'fresh':
        built = build(*parts)
    else:
        print(answer(built.processLine(text(words[1]))), flush=True)
