#compdef rollerd
# SPDX-License-Identifier: MIT
#
# What zsh offers after "rollerd".

_arguments \
	{-c,--config=}'[read the configuration from a file]:file:_files' \
	{-d,--db=}'[write the history to a file]:file:_files' \
	{-s,--source=}'[where values come from]:source:(bluez sim)' \
	'*'{-r,--replay=}'[take the values of a capture, then exit]:file:_files' \
	'--capture=[also write every value to a file]:file:_files' \
	'--rebuild[derive all sessions anew, then exit]' \
	'--check-config[say whether the configuration can be taken, then exit]' \
	'--system[be the system instance]' \
	'--seed=[sim: begin the dice at a number]:number:' \
	'--speed=[sim: times real time]:number:' \
	'--duration=[sim: end after seconds]:seconds:' \
	'(-h --help)'{-h,--help}'[show help]' \
	'--version[show the version]'
