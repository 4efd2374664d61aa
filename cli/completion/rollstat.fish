# SPDX-License-Identifier: MIT
#
# What fish offers after "rollstat": verbs, options, and days, sessions and sensors of the history.

# A column of what a verb tells of the history that the command line names, of lines where it fits.
function __rollstat_tell --argument-names column pattern verb
    set -l from
    set -l words (commandline --tokenize --cut-at-cursor --current-process)
    contains -- --system $words; and set from --system
    if set -l at (contains --index -- --db $words)
        set -l next (math $at + 1)
        set --append from --db (string replace --regex '^~(?=/)' $HOME -- $words[$next])
    end
    rollstat --color never $from $verb 2>/dev/null |
        awk -v column=$column -v pattern=$pattern '$column ~ pattern { print $column }' | uniq
end

function __rollstat_days
    __rollstat_tell 1 '^[0-9]+-[0-9]+-[0-9]+$' sessions
end

set -l verbs today day week month range sessions passes holds devices status calibrate pair unpair help

complete --command rollstat --no-files
complete --command rollstat --condition "not __fish_seen_subcommand_from $verbs" --arguments today --description 'This day'
complete --command rollstat --condition "not __fish_seen_subcommand_from $verbs" --arguments day --description 'Another day'
complete --command rollstat --condition "not __fish_seen_subcommand_from $verbs" --arguments week --description 'From Monday until today'
complete --command rollstat --condition "not __fish_seen_subcommand_from $verbs" --arguments month --description 'From the first of the month until today'
complete --command rollstat --condition "not __fish_seen_subcommand_from $verbs" --arguments range --description 'From one day to another'
complete --command rollstat --condition "not __fish_seen_subcommand_from $verbs" --arguments sessions --description 'The sessions, all or of a day'
complete --command rollstat --condition "not __fish_seen_subcommand_from $verbs" --arguments passes --description 'Each pass'
complete --command rollstat --condition "not __fish_seen_subcommand_from $verbs" --arguments holds --description 'Each hold'
complete --command rollstat --condition "not __fish_seen_subcommand_from $verbs" --arguments devices --description 'The sensors ever heard'
complete --command rollstat --condition "not __fish_seen_subcommand_from $verbs" --arguments status --description 'What rollerd is doing now'
complete --command rollstat --condition "not __fish_seen_subcommand_from $verbs" --arguments calibrate --description 'Length, side and radius, step by step'
complete --command rollstat --condition "not __fish_seen_subcommand_from $verbs" --arguments pair --description 'Let this machine pair with a sensor'
complete --command rollstat --condition "not __fish_seen_subcommand_from $verbs" --arguments unpair --description 'Take that back'
complete --command rollstat --condition "not __fish_seen_subcommand_from $verbs" --arguments help --description 'A screen of help'
complete --command rollstat --condition "__fish_seen_subcommand_from day range" --keep-order --arguments '(__rollstat_days)'
complete --command rollstat --condition "__fish_seen_subcommand_from calibrate pair unpair" --arguments "(__rollstat_tell 2 '^..:..:..:..:..:..\$' devices)"

complete --command rollstat --long-option json --description 'For scripts'
complete --command rollstat --long-option csv --description 'For a spreadsheet'
complete --command rollstat --long-option db --require-parameter --force-files --description 'Another database'
complete --command rollstat --long-option system --description "The system's database and bus"
complete --command rollstat --long-option person --exclusive --description 'One person alone'
complete --command rollstat --long-option color --exclusive --arguments 'auto always never' --description 'When to use colours'
complete --command rollstat --short-option h --long-option help --description 'Show help'
complete --command rollstat --long-option version --description 'Show the version'
complete --command rollstat --condition "__fish_seen_subcommand_from sessions passes holds" --long-option day --exclusive --keep-order --arguments '(__rollstat_days)' --description 'Those of a day'
complete --command rollstat --condition "__fish_seen_subcommand_from passes holds" --long-option session --exclusive --keep-order --arguments "(__rollstat_tell 3 '^[0-9]+\$' sessions)" --description 'Those of a session'
complete --command rollstat --condition "__fish_seen_subcommand_from calibrate" --long-option show --description 'Change nothing'
complete --command rollstat --condition "__fish_seen_subcommand_from pair" --long-option yes --description 'Do not ask'
