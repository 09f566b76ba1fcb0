/**
 * Numbers of police, fire and ambulance services of the world (ITU-T E.161.1 and national plans), written without
 * prefix. An alert service that dials one of them, in a drill above all, keeps a line from somebody in danger.
 */
const emergencyNumbers = new Set(
  `000 08 15 17 18 060 061 062 066 088 091 092 100 101 102 103 104 105 106 107 108 110 111 112 113 114 115 116 117 118
  119 120 122 123 125 126 127 128 129 130 131 132 133 140 141 143 144 145 147 150 151 155 156 158 160 166 175 180 185
  190 191 192 193 194 195 196 197 198 199 333 911 912 913 933 955 980 988 991 992 993 994 995 996 997 998 999 1122
  1414 1415 116000 116111 116117 116123 10111 10177 18000 110110 112112 999999 911911`.split(/\s+/),
)

/** Whether these digits, dialled somewhere as they stand, reach an emergency service. */
export function isEmergencyNumber(digits: string): boolean {
  return emergencyNumbers.has(digits) || emergencyNumbers.has(digits.replace(/^0+(?=[1-9])/, ''))
}
