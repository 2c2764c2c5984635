"""Asks an installed fail2ban what its own filters make of its own sample lines.

Prints a line `filter NAME PREFREGEX DATEPATTERN FAILREGEX... / IGNOREREGEX...` for each filter that works on single
lines, and under it `line TEXT HOST` with the host blamed, or none. All values but HOST are in hexadecimal after an x.
fail2ban_common.py stands in front of it.
"""
from fail2ban.server.filter import Filter
from fail2ban.server.mytime import MyTime

SEVERAL_LINES = ('<SKIPLINES>', '<F-MLF', '<F-NOFAIL')


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
    found = options(name, {})
    texts = found['addfailregex'] + [found['prefregex']]
    if int(found['maxlines']) > 1 or any(tag in text for tag in SEVERAL_LINES for text in texts):
        continue
    built = build(found)
    print('filter', name, code(found['prefregex']), code(found['datepattern']),
          *map(code, found['addfailregex']), '/', *map(code, found['addignoreregex']))
    for line in samples(path):
        failures = built.processLine(line)
        print('line', code(line), failures[0][1] if failures else 'none')
