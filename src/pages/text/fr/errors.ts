import type { errorPages as englishPages, errors as english } from '../en/errors.js';

export const errors: typeof english = {
  codes: {
    invalid_state:
      'Cette connexion n’a pas été commencée dans ce navigateur, ou elle est déjà terminée. Recommencez.',
    state_expired: 'Cette connexion a pris trop de temps. Recommencez.',
    provider_mismatch:
      'La réponse est venue d’un autre fournisseur que celui qui a été interrogé. Recommencez.',
    session_changed:
      'Cette opération a été commencée avec un autre compte que celui qui est connecté maintenant, ou que celui que vous avez choisi. Rien n’a changé. Connectez-vous avec le bon compte et réessayez.',
    access_denied:
      'Vous n’avez pas autorisé l’accès chez le fournisseur, ou celui-ci n’accepte pas votre compte. Réessayez, ou choisissez un autre fournisseur.',
    login_required:
      'Le fournisseur n’a pas pu vous connecter sans rien vous demander. Connectez-vous à nouveau.',
    invalid_id_token:
      'La preuve de votre identité donnée par le fournisseur n’a pas pu être vérifiée. Réessayez.',
    provider_error:
      'Le fournisseur a répondu par une erreur. Réessayez dans un instant, ou choisissez un autre fournisseur.',
    provider_timeout:
      'Le fournisseur n’a pas répondu à temps. Réessayez dans un instant, ou choisissez un autre fournisseur.',
    account_exists:
      'Il existe déjà un compte avec cette adresse e-mail. Connectez-vous comme vous l’avez fait auparavant ; vous pourrez ensuite associer celui-ci.',
    account_disabled: 'Ce compte est désactivé. Adressez-vous aux responsables de ce service.',
    invalid_grant:
      'Le code ne peut pas être échangé : il est faux, déjà utilisé ou trop ancien, ou il n’appartient pas à cette destination ou à ce vérificateur. Recommencez.',
    identity_in_use:
      'Ce compte sert déjà à se connecter à un autre compte ici. Pour utiliser cet autre compte, déconnectez-vous, puis connectez-vous avec lui.',
    last_identity:
      'C’est le dernier moyen de vous connecter. Associez d’abord un autre fournisseur.',
    reauth_required:
      'Connectez-vous à nouveau pour confirmer qu’il s’agit bien de vous, puis répétez cette opération.',
    identity_too_new:
      'Le compte avec lequel vous avez confirmé n’est associé que depuis peu. Confirmez avec un plus ancien, ou attendez.',
    csrf_failed:
      'Ceci n’a pas été envoyé depuis une page de ce service ; rien n’a donc changé. Revenez en arrière, rechargez la page et réessayez.',
    service_key_in_browser:
      'Une clé de service est venue d’un navigateur. C’est un secret de vos serveurs : retirez-la de la page et remplacez-la.',
    rate_limited: 'Trop de demandes. Patientez un moment, puis réessayez.',
    store_unavailable:
      'Le service n’arrive pas à joindre sa base de données. Réessayez dans un instant.',
    not_ready: 'Le service est en train de démarrer ou de s’arrêter. Réessayez dans un instant.',
    internal_error:
      'Un problème est survenu de notre côté. Réessayez, et indiquez le numéro de la demande si cela se reproduit.',
    unauthenticated: 'Connectez-vous d’abord.',
    not_found: 'Il n’y a rien ici. Vérifiez l’adresse.',
    bad_request:
      'La demande n’a pas pu être lue. Revenez en arrière, rechargez la page et réessayez.',
    misdirected_request:
      'L’environnement d’essai de ce service est activé ; il ne répond que sur la machine où il fonctionne. Ouvrez-le là, à sa propre adresse.',
    payload_too_large: 'Le corps de la demande est trop volumineux. Envoyez au plus 32 Ko.',
    unsupported_media_type:
      'Ce point d’accès n’accepte pas ce type de contenu. Envoyez du JSON ou un formulaire.',
  },
  details: {
    another_connected:
      'Un autre compte de ce fournisseur est déjà associé. Dissociez d’abord celui-là.',
    nothing_pending: 'Il n’y a plus rien à associer. Recommencez.',
    used_up:
      'Cette adresse a déjà été ouverte, ou elle est trop ancienne. Recommencez dans l’application.',
  },
  connecting: {
    access_denied:
      'Vous n’avez pas autorisé l’accès chez le fournisseur, ou celui-ci n’accepte pas votre compte. Rien n’a changé dans votre compte.',
    login_required:
      'Le fournisseur n’a pas pu répondre sans rien vous demander. Recommencez depuis votre compte.',
    invalid_state:
      'Cette opération n’a pas été commencée dans ce navigateur, ou elle est déjà terminée. Recommencez depuis votre compte.',
    state_expired: 'Cela a pris trop de temps. Recommencez depuis votre compte.',
    provider_mismatch:
      'La réponse est venue d’un autre fournisseur que celui qui a été interrogé. Recommencez depuis votre compte.',
    invalid_id_token:
      'La preuve du fournisseur indiquant à qui est ce compte n’a pas pu être vérifiée. Recommencez depuis votre compte.',
    provider_error:
      'Le fournisseur a répondu par une erreur. Patientez un instant, puis recommencez depuis votre compte.',
    provider_timeout:
      'Le fournisseur n’a pas répondu à temps. Patientez un instant, puis recommencez depuis votre compte.',
    identity_in_use:
      'Ce compte ne peut pas être associé. Soit quelqu’un d’autre l’utilise déjà ici, soit vous avez déjà associé un autre compte de ce fournisseur ; dans ce cas, dissociez d’abord ce dernier.',
    session_changed:
      'Vous n’êtes plus connecté avec le compte dans lequel vous avez commencé. Rien n’a changé.',
  },
};

export const errorPages: typeof englishPages = {
  titles: {
    401: 'Non connecté',
    403: 'Non autorisé',
    404: 'Il n’y a pas de page ici',
    409: 'Ce n’est pas possible',
    421: 'Pas à cette adresse',
    429: 'Trop de demandes',
    503: 'Momentanément indisponible',
  },
  signInAgain: 'Se connecter à nouveau',
  usedUpByOthers:
    'Si ce n’est pas vous qui avez fait toutes ces demandes, une autre personne est peut-être connectée à votre place. Connectez-vous à nouveau pour confirmer que c’est bien vous : vous pourrez alors continuer aussitôt.',
  otherTitle: 'Un problème est survenu',
  formNotFound: 'Introuvable',
  noPage: 'L’adresse est peut-être mal écrite, ou la page a été déplacée.',
  wait: (wait) => `Patientez ${wait}`,
  waitMeans:
    'Trop de demandes sont venues de vous ou de votre réseau. Votre compte n’a aucun problème.',
  unavailable: 'Le service n’est pas disponible pour le moment. Réessayez dans une minute.',
  tryAgain: 'Réessayer',
  nothingToDo: 'Rien à faire ici',
  sessionGone: 'Ce navigateur n’est plus connecté.',
  identityGone: (provider) => `${provider ?? 'Ce fournisseur'} n’est pas associé à votre compte.`,
  somebodyElse: 'Quelqu’un d’autre est maintenant connecté',
  madeForAnother:
    'La page depuis laquelle vous avez envoyé ceci était destinée à un autre compte ; rien n’a donc changé. Continuez avec le compte ci-dessous, ou connectez-vous en tant que quelqu’un d’autre.',
  sessionEnded: 'Vous avez été déconnecté entre-temps',
  signInAndRepeat: 'Rien n’a changé. Connectez-vous et réessayez.',
  signInAsAnother: 'Se connecter en tant que quelqu’un d’autre',
};
