# Verifies tokens as docs/frontends.md has it (Debian: ruby-jwt). Arguments and lines as those of verify.py.
require 'json'
require 'jwt'
require 'net/http'

metadata = JSON.parse(Net::HTTP.get(URI(ARGV[0])))
keys = JSON.parse(Net::HTTP.get(URI(metadata['jwks_uri'])), symbolize_names: true)

options = {
  algorithms: ['ES256'], jwks: keys, required_claims: %w[exp iss aud sub],
  iss: metadata['issuer'], verify_iss: true, aud: ARGV[1], verify_aud: true
}

STDIN.each_line do |line|
  claims, header = JWT.decode(line.strip, nil, true, options)
  raise 'another typ' unless header['typ'] == 'at+jwt'
  puts JSON.generate(claims: claims)
rescue StandardError => e
  puts JSON.generate(refused: "#{e.class}: #{e.message}")
end
