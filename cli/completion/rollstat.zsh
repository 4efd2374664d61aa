#compdef rollstat
# SPDX-License-Identifier: MIT
#
# What zsh offers after "rollstat": verbs, options, and days, sessions and sensors of the history.

# The history that the words so far name, and a column of what a verb tells of it, of lines where it fits.
_rollstat_tell() {
	local -a from
	local db=${opt_args[--db]}
	[[ -z $db ]] || from+=(--db ${~db})
	(( ! ${+opt_args[--system]} )) || from+=(--system)
	_call_program $3 rollstat --color never $from $3 2>/dev/null |
		awk -v column=$1 -v pattern=$2 '$column ~ pattern { print $column }' | uniq
}

_rollstat_days() {
	local -a days=(${(f)"$(_rollstat_tell 1 '^[0-9]+-[0-9]+-[0-9]+$' sessions)"})
	compadd -V days -a days
}

_rollstat_sessions() {
	local -a sessions=(${(f)"$(_rollstat_tell 3 '^[0-9]+$' sessions)"})
	compadd -V sessions -a sessions
}

_rollstat_sensors() {
	local -a sensors=(${(f)"$(_rollstat_tell 2 '^..:..:..:..:..:..$' devices)"})
	compadd -a sensors
}

_rollstat_verbs() {
	local -a verbs=(
		'today:this day'
		'day:another day'
		'week:from Monday until today'
		'month:from the first of the month until today'
		'range:from one day to another'
		'sessions:the sessions, all or of a day'
		'passes:each pass'
		'holds:each hold'
		'devices:the sensors ever heard'
		'status:what rollerd is doing now'
		'calibrate:length, side and radius, step by step'
		'pair:let this machine pair with a sensor'
		'unpair:take that back'
		'help:a screen of help'
	)
	_describe verb verbs
}

_rollstat() {
	local curcontext=$curcontext state line
	typeset -A opt_args
	local -a options=(
		'--json[for scripts]'
		'--csv[for a spreadsheet]'
		'--db[another database]:file:_files'
		"--system[the system's database and bus]"
		'--person[one person alone]:name:'
		'--color[when to use colours]:when:(auto always never)'
		'(-h --help)'{-h,--help}'[show help]'
		'--version[show the version]'
	)
	case ${words[(r)(sessions|passes|holds|calibrate|pair)]} in
	sessions) options+=('--day[those of a day]:day:_rollstat_days') ;;
	passes|holds)
		options+=(
			'--day[those of a day]:day:_rollstat_days'
			'--session[those of a session]:session:_rollstat_sessions'
		)
		;;
	calibrate) options+=('--show[change nothing]') ;;
	pair) options+=('--yes[do not ask]') ;;
	esac
	_arguments -C $options '1:verb:_rollstat_verbs' '*:argument:->argument' && return
	case $state,$line[1] in
	argument,day|argument,range) _rollstat_days ;;
	argument,calibrate|argument,pair|argument,unpair) _rollstat_sensors ;;
	esac
}

_rollstat "$@"
