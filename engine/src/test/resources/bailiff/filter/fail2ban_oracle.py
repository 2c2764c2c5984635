"""Asks an installed fail2ban what its own filters make of its own sample lines.

Prints a line `filter NAME PREFREGEX DATEPATTERN FAILREGEX... / IGNOREREGEX...` for each filter that works on single
lines, and under it `line TEXT HOST` with the host blamed, or none. All values but HOST are in hexadecimal after an x.
"""
import glob
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
import fail2ban.tests as tests

SEVERAL_LINES = ('<SKIPLINES>', '<F-MLF', '<F-NOFAIL')
SAMPLES = os.path.join(os.path.dirname(tests.__file__), 'files', 'logs')


def code(text):
    return 'x' + text.encode().hex()


def options(name):
    reader = FilterReader(name, 'jail', {}, basedir='/etc/fail2ban')
    reader.read()
    reader.getOptions(None)
    found = {'addfailregex': [], 'addignoreregex': [], 'prefregex': '', 'datepattern': '', 'maxlines': 1}
    for command in reader.convert():
        value = command[3]
        if isinstance(found.get(command[2]), list):
            found[command[2]] += value if command[0] == 'multi-set' else [value]
        else:
            found[command[2]] = value
    return found


def build(found):
    built = Filter(None)
    built.returnRawHost = True
    built.checkFindTime = False
    if found['datepattern']:
        built.setDatePattern(found['datepattern'])
    if found['prefregex']:
        built.prefRegex = found['prefregex']
    for regex in found['addfailregex']:
        built.addFailRegex(regex)
    for regex in found['addignoreregex']:
        built.addIgnoreRegex(regex)
    return built


MyTime.setTime(1124013600)
for path in sorted(glob.glob(SAMPLES + '/*')):
    name = os.path.basename(path)
    if not os.path.isfile('/etc/fail2ban/filter.d/%s.conf' % name):
        continue
    found = options(name)
    texts = found['addfailregex'] + [found['prefregex']]
    if int(found['maxlines']) > 1 or any(tag in text for tag in SEVERAL_LINES for text in texts):
        continue
    built = build(found)
    print('filter', name, code(found['prefregex']), code(found['datepattern']),
          *map(code, found['addfailregex']), '/', *map(code, found['addignoreregex']))
    with open(path, errors='replace') as lines:
        for line in lines:
            line = line.rstrip('\r\n')
            if line and not line.startswith('#'):
                failures = built.processLine(line)
                print('line', code(line), failures[0][1] if failures else 'none')
