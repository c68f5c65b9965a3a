#include "training/schema.hpp"

#include <type_traits>

#include "config/kinds.hpp"
#include "nn/config.hpp"
#include "training/options.hpp"

namespace ziffer::training {
namespace {

template <class Settings>
Json described() {
  return {{"names", {Settings::kName}}, {"fields", listed_fields<Settings>()}};
}

/// Of each kind that there is, whichever list it stands in.
template <class List>
struct Kinds;
template <class... S>
struct Kinds<std::variant<S...>> {
  static Json all() { return Json::array({described<S>()...}); }
};
template <class... S>
struct Kinds<std::tuple<std::optional<S>...>> {
  static Json all() { return Json::array({described<S>()...}); }
};

}  // namespace

Json schema() {
  return {{"layers", nn::layer_schema()},         {"optimizers", Kinds<OptimizerSettings>::all()},
          {"schedules", Kinds<Schedule>::all()},  {"metrics", Kinds<MetricKind>::all()},
          {"losses", Kinds<engine::Loss>::all()}, {"callbacks", Kinds<CallbackSettings>::all()}};
}

}  // namespace ziffer::training
