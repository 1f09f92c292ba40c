# Verifies tokens as docs/frontends.md has it (Debian: libcrypt-jwt-perl). Arguments and lines as those of verify.py.
use strict;
use warnings;
use Crypt::JWT 'decode_jwt';
use HTTP::Tiny;
use JSON::PP;

my ($url, $audience) = @ARGV;
my $http = HTTP::Tiny->new;
my $metadata = decode_json($http->get($url)->{content});
my $keys = decode_json($http->get($metadata->{jwks_uri})->{content});
my $json = JSON::PP->new->canonical;

while (my $token = <STDIN>) {
    chomp $token;
    my $claims = eval {
        my ($header, $verified) = decode_jwt(
            token => $token, kid_keys => $keys, accepted_alg => 'ES256', decode_header => 1,
            verify_iss => sub { $_[0] eq $metadata->{issuer} },
            verify_aud => sub { $_[0] eq $audience },
            verify_exp => 1, verify_iat => 1,
        );
        die "another typ\n" if ($header->{typ} // '') ne 'at+jwt';
        $verified;
    };
    print $json->encode(defined $claims ? { claims => $claims } : { refused => "$@" }), "\n";
}
