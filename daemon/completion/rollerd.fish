# SPDX-License-Identifier: MIT
#
# What fish offers after "rollerd".

complete --command rollerd --no-files
complete --command rollerd --short-option c --long-option config --require-parameter --force-files --description 'Read the configuration from a file'
complete --command rollerd --short-option d --long-option db --require-parameter --force-files --description 'Write the history to a file'
complete --command rollerd --short-option s --long-option source --exclusive --arguments 'bluez sim' --description 'Where values come from'
complete --command rollerd --short-option r --long-option replay --require-parameter --force-files --description 'Take the values of a capture, then exit'
complete --command rollerd --long-option capture --require-parameter --force-files --description 'Also write every value to a file'
complete --command rollerd --long-option rebuild --description 'Derive all sessions anew, then exit'
complete --command rollerd --long-option check-config --description 'Say whether the configuration can be taken, then exit'
complete --command rollerd --long-option system --description 'Be the system instance'
complete --command rollerd --long-option seed --exclusive --description 'sim: begin the dice at a number'
complete --command rollerd --long-option speed --exclusive --description 'sim: times real time'
complete --command rollerd --long-option duration --exclusive --description 'sim: end after seconds'
complete --command rollerd --short-option h --long-option help --description 'Show help'
complete --command rollerd --long-option version --description 'Show the version'
