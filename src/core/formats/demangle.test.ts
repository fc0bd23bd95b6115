import { describe, expect, test } from 'vitest'
import { demangle } from './demangle.ts'

/** What pprof of Go 1.27 shows for functions of these names, which GCC, Clang and rustc gave. */
const shown: [string, string][] = [
  ['_ZN4acme5queue3popEv', 'acme::queue::pop'],
  ['__ZN4acme4mainEv', 'acme::main'],
  ['_ZNSt6vectorIiSaIiEE9push_backEOi', 'std::vector::push_back'],
  ['_ZNK3foo3barEv', 'foo::bar'],
  ['_ZN12_GLOBAL__N_14Anon3runEv.isra.0', '(anonymous namespace)::Anon::run'],
  ['_ZN3foo3barEv.part.0.constprop.1', 'foo::bar'],
  ['_ZN3foo3barEv@@GLIBCXX_3.4', 'foo::bar'],
  ['_ZN3foo3barEv@plt', 'foo::bar'],
  // Operators hold the letters that brackets are made of.
  ['_ZlsRSoRK3foo', 'operator<<'],
  ['_ZN4llvm4PBQPlsINS_11raw_ostreamEEERT_S4_RKNS0_6MatrixE', 'llvm::PBQP::operator<<'],
  ['_ZN3fooclEi', 'foo::operator()'],
  ['_ZN4acme6detail3ArrIiLi3EEptEv', 'acme::detail::Arr::operator->'],
  ['_ZN4acme6detail3ArrIiLi3EEixEi', 'acme::detail::Arr::operator[]'],
  ['_ZN4acme6detail3ArrIiLi3EEnwEm', 'acme::detail::Arr::operator new'],
  ['_ZN4acme6detailli3_kmEe', 'acme::detail::operator"" _km'],
  ['_ZNK4acme6detail3ArrIiLi3EEcvbEv', 'acme::detail::Arr::operator bool'],
  ['_ZNK4acme6detail3ArrIiLi3EEcvSt6vectorIiSaIiEEEv', 'acme::detail::Arr::operator std::vector'],
  // Functions within functions keep empty parentheses, lambdas their parameters.
  ['_ZZ3foovENKUliE_clEi', 'foo()::{lambda(int)#1}::operator()'],
  [
    '_ZZNKSt8__detail15_BracketMatcherINSt7__cxx1112regex_traitsIcEELb0ELb0EE8_M_applyEcSt17integral_constantIbLb0EEENKUlvE_clEv',
    'std::__detail::_BracketMatcher::_M_apply() const::{lambda()#1}::operator()',
  ],
  [
    '_ZZ4mainENKUlNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEEE1_clES4_',
    'main::{lambda(std::__cxx11::basic_string)#3}::operator()',
  ],
  ['_Z10GetTempDirB5cxx11v', 'GetTempDir[abi:cxx11]'],
  ['_ZNSi3getEv', 'std::istream::get'],
  ['_ZNSoD2Ev', 'std::basic_ostream::~basic_ostream'],
  ['_ZNSsC1ERKSs', 'std::basic_string::basic_string'],
  // What is made for a function, and names that are no functions.
  [
    '_ZThn8_NK6icu_726number4impl17ScientificHandler13getMultiplierEi',
    'non-virtual thunk to icu_72::number::impl::ScientificHandler::getMultiplier(int) const',
  ],
  ['_ZTv0_n24_NSt9strstreamD1Ev', 'virtual thunk to std::strstream::~strstream()'],
  ['_ZTch0_h16_N3foo3barEv', 'covariant return thunk to foo::bar()'],
  ['_ZGTtNKSt11logic_error4whatEv', 'transaction clone for std::logic_error::what() const'],
  ['_ZTV3foo', 'vtable for foo'],
  ['_ZTH3foo', 'TLS init function for foo'],
  // The library cannot read the type that this one answers.
  [
    '_ZSt14__relocate_a_1IccENSt9enable_ifIXsrSt24__is_bitwise_relocatableIT_vE5valueEPS2_E4typeES4_S4_S4_RSaIT0_E',
    'std::__relocate_a_1',
  ],
  // Rust, old names and new.
  [
    '_ZN4core3ptr85drop_in_place$LT$std..rt..lang_start$LT$$LP$$RP$$GT$..$u7b$$u7b$closure$u7d$$u7d$$GT$17h0123456789abcdefE',
    'core::ptr::drop_in_place<std::rt::lang_start<()>::{{closure}}>',
  ],
  ['_RNvCs1234_7mycrate3foo', 'mycrate::foo'],
  ['_RNvC3foo3bar.llvm.77', 'foo::bar'],
  [
    '_RINvMNtCsgEmfK2I1SDS_4core3stre12trim_matchesNvMNtNtB5_4char7methodsc13is_whitespaceECsjrHSEGnQ3l9_3std',
    '<str>::trim_matches::<>',
  ],
]

describe('mangled names', () => {
  test.each(shown)('%s', (symbol, name) => {
    expect(demangle(symbol)).toBe(name)
  })

  test.each(['main.main', '_start', '_Zebra', '_Run', '__libc_start_main', '_R', '_Z', '?foo@@YAXH@Z', ''])(
    'are not: %s',
    (name) => {
      expect(demangle(name)).toBeNull()
    },
  )

  test('that say the same a million times over stay as they are', () => {
    let nested = '_Z1f1a1pIS_S_E'
    for (let i = 1; i < 18; i++) nested += `S0_IS${i.toString(36).toUpperCase()}_S${i.toString(36).toUpperCase()}_E`
    expect(demangle(nested)).not.toMatch(/a, a/)
  })
})
