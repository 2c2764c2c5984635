"""Prints how an installed fail2ban's filters are made, and its sample lines.

A line `filter NAME MAXLINES PREFREGEX DATEPATTERN FAILREGEX... / IGNOREREGEX...` for each filter and each mode that
changes it, and a line `line NAME TEXT` for each line of a filter's samples. All values but the first two are in
hexadecimal after an x.
"""
import glob
import logging
import os
import sys

sys.path.append('/usr/lib/python3/dist-packages')
logging.disable(logging.CRITICAL)

from fail2ban.client.filterreader import FilterReader
import fail2ban.tests as tests

SAMPLES = os.path.join(os.path.dirname(tests.__file__), 'files', 'logs')


def code(text):
    return 'x' + text.encode(errors='replace').hex()


def options(name, given):
    reader = FilterReader(name, 'jail', given, basedir='/etc/fail2ban')
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


for path in sorted(glob.glob('/etc/fail2ban/filter.d/*.conf')):
    name = os.path.basename(path)[:-5]
    if name.endswith('common'):
        continue
    told = []
    for mode in 'normal', 'aggressive':
        found = options(name, {'mode': mode} if mode != 'normal' else {})
        words = (found['maxlines'], code(found['prefregex']), code(found['datepattern']),
                 *map(code, found['addfailregex']), '/', *map(code, found['addignoreregex']))
        unknown = any('<mdre-' in text for text in found['addfailregex'])
        if words not in told and found['addfailregex'] and not unknown:
            print('filter', name, *words)
            told.append(words)
for path in sorted(glob.glob(SAMPLES + '/*')):
    if os.path.isfile(path):
        with open(path, errors='replace') as lines:
            for line in lines:
                line = line.rstrip('\r\n')
                if line and not line.startswith('#'):
                    print('line', os.path.basename(path), code(line))
