"""What the programs that ask an installed fail2ban begin with: how a filter of its own is made."""
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


def samples(path):
    """The lines of a file of samples that are no comments."""
    with open(path, errors='replace') as lines:
        for line in lines:
            line = line.rstrip('\r\n')
            if line and not line.startswith('#'):
                yield line
